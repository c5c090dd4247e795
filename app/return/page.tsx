import { connection } from 'next/server';
import { PageShell } from '#components/ui/page-shell.tsx';
import { journeyWords } from '#lib/copy/journey.ts';
import { portalWords } from '#lib/copy/portal-pages.ts';
import { pageLanguage } from '#lib/http/page-language.ts';
import { landingQuery } from '#lib/schema/landing-query.ts';

type LandingProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where a journey ends for merchants without a page of their own. The query may say anything, so the page promises nothing by it. */
export default async function LandingPage({ searchParams }: LandingProps) {
  await connection();
  const { signingSessionId, status = 'unknown' } = landingQuery.parse(await searchParams);
  const language = pageLanguage();
  const { landing, landingNote, landingReference } = portalWords[language];
  const { title, text } = landing[status];
  return (
    <PageShell lang={language} title={title} skipLabel={journeyWords[language].skipToContent}>
      <h1>{title}</h1>
      <p className="mt-4 text-lg">{text}</p>
      <p className="mt-4 text-ink-soft">{landingNote}</p>
      {signingSessionId !== undefined && (
        <p className="mt-4 text-ink-soft text-sm">
          {landingReference}:{' '}
          <span translate="no" className="font-mono [overflow-wrap:anywhere]">
            {signingSessionId}
          </span>
        </p>
      )}
    </PageShell>
  );
}
