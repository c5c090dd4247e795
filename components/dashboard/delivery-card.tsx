import { SummaryList, type SummaryRow } from '#components/ui/summary-list.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { deliveryCopy } from '#lib/copy/dashboard-delivery.ts';
import { factWords } from '#lib/copy/dashboard-facts.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { lenderErrorAdvice } from '#lib/domain/lender-error-guide.ts';
import type { StaffDelivery } from '#lib/schema/staff-session.ts';
import { Moment } from './moment.tsx';
import { DeliveryBadge } from './status-badge.tsx';

type DeliveryCardProps = {
  delivery: StaffDelivery | undefined;
  alarms: readonly string[] | undefined;
  language: StaffLanguage;
};

/** What the lender has of the acceptance, in its own words where it said any, and what deserves a look. */
export function DeliveryCard({ delivery, alarms, language }: DeliveryCardProps) {
  const { session, list } = dashboardCopy[language];
  if (!delivery) return <p className="text-ink-soft">{session.noDelivery}</p>;
  const { status, attempts, reason, words = {} } = delivery;
  const advice = status === 'DELIVERED' ? undefined : lenderErrorAdvice(words.code, reason);
  const { means, alarm, advice: adviceLabel } = deliveryCopy[language];
  const said = [...new Set([words.translation, words.message])].filter((text) => text !== undefined);
  const rows: (SummaryRow | false | undefined)[] = [
    { key: 'status', label: list.columns.lender, value: <DeliveryBadge status={status} language={language} /> },
    alarms !== undefined && {
      key: 'alarms',
      label: alarm,
      value: alarms.map((one) => factWords(language, one)).join('\n'),
    },
    said.length > 0 && { key: 'words', label: session.lenderSays, value: said.join('\n') },
    words.code !== undefined && { key: 'code', label: session.lenderCode, value: words.code },
    reason !== undefined && { key: 'reason', label: session.reason, value: factWords(language, reason) },
    advice && { key: 'means', label: means, value: advice.means[language] },
    advice && { key: 'advice', label: adviceLabel, value: advice.act[language] },
    { key: 'attempts', label: session.attempts, value: attempts },
    momentRow('last', session.lastAttempt, delivery.lastAttemptAt, language),
    momentRow('next', session.nextAttempt, delivery.nextAttemptAt, language),
    momentRow('delivered', session.delivered, delivery.deliveredAt, language),
  ];
  return <SummaryList rows={rows.filter((row) => row !== false && row !== undefined)} />;
}

function momentRow(key: string, label: string, at: string | undefined, language: StaffLanguage): SummaryRow | false {
  return at !== undefined && { key, label, value: <Moment at={at} language={language} /> };
}
