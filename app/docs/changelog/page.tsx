import type { Metadata } from 'next';
import { connection } from 'next/server';
import { paths } from '#lib/paths.ts';
import { apiChanges } from '#lib/schema/api-changes.ts';
import { DocsShell } from '../docs-shell.tsx';

export const metadata: Metadata = { title: 'Changelog · Aceite API' };

/** What has changed for those who call the API, and what may change without notice. */
export default async function ChangelogPage() {
  await connection();
  return (
    <DocsShell at={paths.docsChangelog()} width="reading">
      <article className="space-y-4">
        <h1>Changelog</h1>
        <p>
          Within <code>{paths.apiBase()}</code> nothing that you rely on is taken away or renamed. New fields in
          answers, new optional fields in requests, new calls, error codes and types of webhooks may come at any time:
          ignore what you do not know. What breaks gets a new base address, and the old one stays for a while beside it.
        </p>
        {apiChanges.map(({ version, title, changes }) => (
          <section key={version} aria-labelledby={`v${version}`} className="space-y-3 pt-6">
            <h2 id={`v${version}`}>
              {version}: {title}
            </h2>
            <ul className="list-disc space-y-1 pl-5">
              {changes.map((change) => (
                <li key={change}>{change}</li>
              ))}
            </ul>
          </section>
        ))}
      </article>
    </DocsShell>
  );
}
