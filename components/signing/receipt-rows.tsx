import type { ReactNode } from 'react';
import { SummaryList } from '#components/ui/summary-list.tsx';
import { journeyWords } from '#lib/copy/journey.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { receiptWords } from '#lib/copy/receipt-page.ts';
import type { DetailField } from '#lib/domain/signer-detail.ts';
import { groupHash } from '#lib/format/hash.ts';
import { formatInstantForReceipt } from '#lib/format/instant.ts';
import type { PartiesProps } from './terms.tsx';

type ReceiptProps = {
  acceptedAt: Date;
  receiptCode?: string;
  contractTitle?: string;
  contractSha256?: string;
  details?: readonly { field: DetailField; shown: string }[];
};

type ReceiptRowsProps = { language: CopyLanguage; parties: PartiesProps; receipt: ReceiptProps };

/** The receipt's facts; what this browser may not see is left out, not blanked. */
export function ReceiptRows({ language, parties, receipt }: ReceiptRowsProps) {
  const words = receiptWords[language];
  const { parties: names, fields } = journeyWords[language];
  const { acceptedAt, receiptCode, contractTitle, contractSha256, details = [] } = receipt;
  const signedAt = <time dateTime={acceptedAt.toISOString()}>{formatInstantForReceipt(acceptedAt, language)}</time>;
  const facts = [
    { key: 'accepted-at', label: words.acceptedAt, value: signedAt },
    ...row('contract', words.contract, contractTitle),
    ...row('lender', names.lender, parties.lender),
    ...row('merchant', names.merchant, parties.merchant),
    ...row('order', names.order, parties.orderId),
    ...row('hash', words.hash, contractSha256 && <Hash hex={contractSha256} />),
  ];
  return (
    <>
      {receiptCode !== undefined && <ReceiptCode label={words.code} code={receiptCode} />}
      <SummaryList rows={facts} className="mt-5" />
      {details.length > 0 && (
        <>
          <h2 className="mt-8 mb-3">{words.details}</h2>
          <SummaryList rows={details.map(({ field, shown }) => ({ key: field, label: fields[field], value: shown }))} />
        </>
      )}
    </>
  );
}

function row(key: string, label: string, value: ReactNode) {
  return value === undefined || value === '' ? [] : [{ key, label, value }];
}

/** Large and in groups, to be read out or copied by hand. */
function ReceiptCode({ label, code }: { label: string; code: string }) {
  return (
    <p className="mt-6">
      <span className="block text-ink-soft">{label}</span>
      <span translate="no" className="block font-mono font-semibold text-2xl tracking-wide">
        {code}
      </span>
    </p>
  );
}

function Hash({ hex }: { hex: string }) {
  return (
    <span translate="no" className="font-mono font-normal text-[0.9375rem]">
      {groupHash(hex)}
    </span>
  );
}
