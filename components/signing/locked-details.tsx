import { SummaryList } from '#components/ui/summary-list.tsx';
import { detailsWords } from '#lib/copy/details-page.ts';
import { journeyWords } from '#lib/copy/journey.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import type { DetailProps } from './details-fields.tsx';

type LockedDetailsProps = { language: CopyLanguage; merchant: string; details: readonly DetailProps[] };

/** What the merchant gave as part of the contract: shown, with whom to ask, and never typed again. */
export function LockedDetails({ language, merchant, details }: LockedDetailsProps) {
  const { title, hint } = detailsWords[language].locked;
  const { fields } = journeyWords[language];
  const locked = details.filter(({ isLocked }) => isLocked);
  if (locked.length === 0) return null;
  return (
    <section aria-labelledby="locked-title" className="mt-8">
      <h2 id="locked-title">{title(merchant)}</h2>
      <p className="mt-1 mb-3 text-ink-soft">{hint(merchant)}</p>
      <SummaryList rows={locked.map(({ field, shown }) => ({ key: field, label: fields[field], value: shown }))} />
    </section>
  );
}
