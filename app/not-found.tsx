import { connection } from 'next/server';
import { PageShell } from '#components/ui/page-shell.tsx';
import { journeyWords } from '#lib/copy/journey.ts';
import { portalWords } from '#lib/copy/portal-pages.ts';
import { pageLanguage } from '#lib/http/page-language.ts';

export default async function NotFound() {
  await connection();
  const language = pageLanguage();
  const { title, text } = portalWords[language].notFound;
  return (
    <PageShell lang={language} title={title} skipLabel={journeyWords[language].skipToContent}>
      <h1>{title}</h1>
      <p className="mt-4">{text}</p>
    </PageShell>
  );
}
