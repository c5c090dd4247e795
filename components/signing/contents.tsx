'use client';

import { Disclosure } from '#components/ui/disclosure.tsx';
import { contentsId, keptHeadings } from './kept-contract.ts';

const indents: Record<number, string> = { 3: 'pl-4', 4: 'pl-8' };

/** The list of contents, of as many lines as the contract has headings; nothing where it has none. */
export function Contents({ title }: { title: string }) {
  const headings = keptHeadings();
  if (headings.length === 0) return null;
  return (
    <Disclosure summary={title} className="mt-3 print:hidden">
      <nav aria-label={title}>
        <ol id={contentsId} className="[&_a]:inline-flex [&_a]:min-h-11 [&_a]:items-center [&_a]:py-1.5" translate="no">
          {headings.map(({ id, label, level }) => (
            <li key={id} data-level={level} className={indents[level]}>
              <a href={`#${id}`} suppressHydrationWarning>
                {label}
              </a>
            </li>
          ))}
        </ol>
      </nav>
    </Disclosure>
  );
}
