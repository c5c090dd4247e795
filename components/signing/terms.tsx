import { SummaryList } from '#components/ui/summary-list.tsx';
import type { JourneyWords } from '#lib/copy/journey.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { formatInstantForPeople } from '#lib/format/instant.ts';

export type PartiesProps = { lender: string; merchant: string; orderId: string };

/** Who deals with whom, about what, and until when. */
export function Parties(props: {
  language: CopyLanguage;
  words: JourneyWords['parties'];
  parties: PartiesProps;
  validUntil: Date;
}) {
  const { language, words, parties, validUntil } = props;
  const rows = [
    { key: 'lender', label: words.lender, value: parties.lender },
    { key: 'merchant', label: words.merchant, value: parties.merchant },
    { key: 'order', label: words.order, value: parties.orderId },
    {
      key: 'valid-until',
      label: words.validUntil,
      value: <time dateTime={validUntil.toISOString()}>{formatInstantForPeople(validUntil, language)}</time>,
    },
  ];
  return (
    <section aria-labelledby="parties-title" className="mt-8">
      <h2 id="parties-title" className="mb-3">
        {words.title}
      </h2>
      <SummaryList rows={rows} />
    </section>
  );
}

type SummaryProps = {
  words: JourneyWords['summary'];
  merchant: string;
  rows: readonly { label: string; value: string }[];
};

/** What the merchant gave as the contract's essence; nothing when it gave none, because nothing is guessed from the text. */
export function Summary({ words, merchant, rows }: SummaryProps) {
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="summary-title" className="mt-8">
      <h2 id="summary-title">{words.title}</h2>
      <p className="mt-1 mb-3 text-ink-soft">{words.givenBy(merchant)}</p>
      {/* Two rows may have the same label; their order never changes. */}
      <SummaryList rows={rows.map(({ label, value }, index) => ({ key: `${index}`, label, value }))} />
    </section>
  );
}
