import { connection } from 'next/server';
import { PageShell } from '#components/ui/page-shell.tsx';
import { journeyWords } from '#lib/copy/journey.ts';
import { portalWords } from '#lib/copy/portal-pages.ts';
import { pageLanguage } from '#lib/http/page-language.ts';
import { paths } from '#lib/paths.ts';

/** A quiet front: what this is, and the ways on. Whoever has a contract to sign needs their link, not this page. */
export default async function FrontPage() {
  await connection();
  const language = pageLanguage();
  const { title, lead, signers, checkers, developers, staff } = portalWords[language].front;
  return (
    <PageShell lang={language} title={title} skipLabel={journeyWords[language].skipToContent}>
      <h1>{title}</h1>
      <p className="mt-4 text-lg">{lead}</p>
      <h2 className="mt-8">{signers.title}</h2>
      <p className="mt-1">{signers.text}</p>
      <h2 className="mt-8">{checkers.title}</h2>
      <p>
        <a href={paths.verify()} className="inline-flex min-h-11 items-center">
          {checkers.text}
        </a>
      </p>
      <h2 className="mt-4">{developers.title}</h2>
      <p>
        <a href={paths.docs()} className="inline-flex min-h-11 items-center">
          {developers.text}
        </a>
      </p>
      <h2 className="mt-4">{staff.title}</h2>
      <p>
        <a href={paths.dashboard()} className="inline-flex min-h-11 items-center">
          {staff.text}
        </a>
      </p>
    </PageShell>
  );
}
