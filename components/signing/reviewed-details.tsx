import { SummaryList } from '#components/ui/summary-list.tsx';
import { detailsWords } from '#lib/copy/details-page.ts';
import { journeyWords } from '#lib/copy/journey.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { reviewWords } from '#lib/copy/review-page.ts';
import { suggestEmail } from '#lib/domain/email-suggestion.ts';
import { paths } from '#lib/paths.ts';
import type { DetailProps } from './details-fields.tsx';

type ReviewedDetailsProps = { language: CopyLanguage; sessionId: string; details: readonly DetailProps[] };

/** The details as they will be signed, each with the way to change it where that is the signer's to do. */
export function ReviewedDetails({ language, sessionId, details }: ReviewedDetailsProps) {
  const { fields, titles } = journeyWords[language];
  const { change } = reviewWords[language];
  const rows = details.map(({ field, shown = '', isLocked }) => {
    const meant = field === 'email' ? suggestEmail(shown) : undefined;
    return {
      key: field,
      label: fields[field],
      value:
        meant === undefined ? shown : <Doubted shown={shown} question={detailsWords[language].suggestion(meant)} />,
      ...(!isLocked && {
        action: (
          <a href={`${paths.sign(sessionId, 'details')}#${field}`} className="inline-flex min-h-11 items-center">
            {change}
            <span className="sr-only"> {fields[field]}</span>
          </a>
        ),
      }),
    };
  });
  return (
    <section aria-labelledby="details-title" className="mt-6">
      <h2 id="details-title" className="mb-3">
        {titles.details}
      </h2>
      <SummaryList rows={rows} />
    </section>
  );
}

/** A likely slip is asked about where it can still be mended, and never mended unasked. */
function Doubted({ shown, question }: { shown: string; question: string }) {
  return (
    <>
      {shown}
      <span className="block font-normal text-warning">{question}</span>
    </>
  );
}
