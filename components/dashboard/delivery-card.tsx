import { SummaryList, type SummaryRow } from '#components/ui/summary-list.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import { Moment } from './moment.tsx';
import { DeliveryBadge } from './status-badge.tsx';

export type Delivery = {
  status: DeliveryStatus;
  attempts: number;
  reason?: string;
  nextAttemptAt?: string;
  deliveredAt?: string;
  words?: { code?: string; message?: string; translation?: string };
};

/** What the lender has of the acceptance, in its own words where it said any. */
export function DeliveryCard({ delivery, language }: { delivery: Delivery | undefined; language: CopyLanguage }) {
  const { session, list } = dashboardCopy[language];
  if (!delivery) return <p className="text-ink-soft">{session.noDelivery}</p>;
  const { status, attempts, reason, nextAttemptAt, words = {} } = delivery;
  const said = [...new Set([words.translation, words.message])].filter((text) => text !== undefined);
  const rows: (SummaryRow | false)[] = [
    { key: 'status', label: list.columns.lender, value: <DeliveryBadge status={status} language={language} /> },
    { key: 'attempts', label: session.attempts, value: attempts },
    reason !== undefined && { key: 'reason', label: session.reason, value: reason },
    nextAttemptAt !== undefined && {
      key: 'next',
      label: session.nextAttempt,
      value: <Moment at={nextAttemptAt} language={language} />,
    },
    words.code !== undefined && { key: 'code', label: session.lenderCode, value: words.code },
    said.length > 0 && { key: 'words', label: session.lenderSays, value: said.join('\n') },
  ];
  return <SummaryList rows={rows.filter((row) => row !== false)} />;
}
