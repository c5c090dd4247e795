import type { ReactNode } from 'react';
import { ErrorSummary, type SummaryError } from '#components/form/error-summary.tsx';
import { PageShell } from '#components/ui/page-shell.tsx';
import { journeyWords } from '#lib/copy/journey.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { countedSteps, type SignerPage } from '#lib/domain/journey.ts';

type SigningPageProps = {
  language: CopyLanguage;
  page: SignerPage;
  /** Instead of the page's usual title. */
  title?: string;
  merchant: string;
  /** What is wrong on the page; empty while nothing is. Pages without a form to mend leave it out. */
  errors?: readonly SummaryError[];
  children: ReactNode;
};

/** The frame of every page of the journey: whose contract it is, how far one has come, the title, what is wrong. */
export function SigningPage({ language, page, title, merchant, errors, children }: SigningPageProps) {
  const words = journeyWords[language];
  const heading = title ?? words.titles[page];
  const prefix = errors && errors.length > 0 ? words.errorPrefix : '';
  return (
    <PageShell
      lang={language}
      title={`${prefix}${heading} – ${merchant}`}
      skipLabel={words.skipToContent}
      banner={<p className="py-3 font-semibold [overflow-wrap:anywhere]">{merchant}</p>}
      footer={<p>{words.footer(merchant)}</p>}
    >
      {errors && <ErrorSummary title={words.errorSummary(errors.length)} errors={errors} />}
      <Steps page={page} label={words.step} />
      <h1>{heading}</h1>
      {children}
    </PageShell>
  );
}

/** How far one has come. Said in words; the bars only repeat it. */
function Steps({ page, label }: { page: SignerPage; label: (position: number, count: number) => string }) {
  const position = (countedSteps as readonly SignerPage[]).indexOf(page) + 1;
  if (position === 0) return null;
  return (
    <div className="mb-3">
      <div aria-hidden="true" className="mb-2 flex gap-1.5 print:hidden">
        {countedSteps.map((step, index) => (
          <span key={step} className={`h-1.5 flex-1 rounded-full ${index < position ? 'bg-accent' : 'bg-line'}`} />
        ))}
      </div>
      <p className="text-ink-soft text-sm">{label(position, countedSteps.length)}</p>
    </div>
  );
}
