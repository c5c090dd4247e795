'use client';

import { SummaryList } from '#components/ui/summary-list.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { type Delivery, DeliveryCard } from './delivery-card.tsx';
import { Freshness } from './freshness.tsx';
import { Moment } from './moment.tsx';
import type { SessionRow } from './session-table.tsx';
import { StatusBadge } from './status-badge.tsx';
import { Timeline, type TimelineEntry } from './timeline.tsx';
import { useLive } from './use-live.ts';

export type SessionStory = {
  item: SessionRow & { debtKey: string; receiptCode?: string; person: Record<string, string> };
  timeline: TimelineEntry[];
  delivery?: Delivery;
  closingWords?: string;
};

type LiveSessionProps = { address: string; initial: SessionStory; language: CopyLanguage };

/** What can change while somebody looks: facts, delivery, story. */
export function LiveSession({ address, initial, language }: LiveSessionProps) {
  const { data, asOf, isStale } = useLive(address, initial);
  const { session } = dashboardCopy[language];
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <div className="space-y-8">
        <section>
          <h2 className="mb-2">{session.facts}</h2>
          <Facts story={data} language={language} />
          <p className="mt-2 text-ink-soft text-sm">{session.masked}</p>
        </section>
        <section>
          <h2 className="mb-2">{session.delivery}</h2>
          <DeliveryCard delivery={data.delivery} language={language} />
        </section>
      </div>
      <section>
        <h2 className="mb-2">{session.timeline}</h2>
        <p className="mb-2 text-ink-soft text-sm">{session.zone}</p>
        <Timeline entries={data.timeline} language={language} />
        <Freshness language={language} asOf={asOf} isStale={isStale} />
      </section>
    </div>
  );
}

function Facts({ story: { item, closingWords }, language }: { story: SessionStory; language: CopyLanguage }) {
  const { session, list } = dashboardCopy[language];
  const rows = [
    { key: 'status', label: list.columns.status, value: <StatusBadge status={item.status} language={language} /> },
    { key: 'person', label: list.columns.person, value: Object.values(item.person).join('\n') || list.noPerson },
    { key: 'id', label: session.id, value: item.id },
    { key: 'order', label: session.orderId, value: item.orderId },
    { key: 'debt', label: session.debtKey, value: item.debtKey },
    { key: 'created', label: session.created, value: <Moment at={item.createdAt} language={language} /> },
    item.closedAt === undefined
      ? { key: 'expires', label: session.expires, value: <Moment at={item.expiresAt} language={language} /> }
      : { key: 'closed', label: session.closed, value: <Moment at={item.closedAt} language={language} /> },
    item.receiptCode !== undefined && { key: 'receipt', label: session.receiptCode, value: item.receiptCode },
    closingWords !== undefined && { key: 'words', label: session.closingWords, value: closingWords },
  ];
  return <SummaryList rows={rows.filter((row) => row !== false)} />;
}
