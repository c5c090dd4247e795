import { PageShell } from '#components/ui/page-shell.tsx';
import { journeyWords } from '#lib/copy/journey.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';

type RefusedPageProps = { language: CopyLanguage; words: { title: string; body: string; wayOut: string } };

/** In place of a page that cannot be shown: what happened, whether anything was signed, and the way out. */
export function RefusedPage({ language, words }: RefusedPageProps) {
  return (
    <PageShell lang={language} title={words.title} skipLabel={journeyWords[language].skipToContent}>
      <h1>{words.title}</h1>
      <p className="mt-4">{words.body}</p>
      <p className="mt-4">{words.wayOut}</p>
    </PageShell>
  );
}
