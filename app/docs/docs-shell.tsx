import type { ReactNode } from 'react';
import { PageShell } from '#components/ui/page-shell.tsx';
import { paths } from '#lib/paths.ts';
import { guideTopics } from './guide/guide-topics.ts';

const places = [
  { href: paths.docs(), name: 'Reference' },
  ...Object.entries(guideTopics).map(([topic, name]) => ({ href: paths.docsGuide(topic), name })),
  { href: paths.docsChangelog(), name: 'Changelog' },
];

/** A page of the documents: all others are one step away. */
export function DocsShell({ at, width, children }: { at: string; width: 'reading' | 'wide'; children: ReactNode }) {
  return (
    <PageShell
      lang="en"
      width={width}
      skipLabel="Skip to the content"
      banner={
        <div className="flex flex-wrap items-center gap-x-6 py-2">
          <p className="py-2 font-semibold">Aceite</p>
          <nav aria-label="Documents">
            <ul className="flex flex-wrap gap-x-5">
              {places.map(({ href, name }) => (
                <li key={href}>
                  <a href={href} className="inline-block py-2" {...(href === at && { 'aria-current': 'page' })}>
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </div>
      }
    >
      {children}
    </PageShell>
  );
}
