'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Notice } from '#components/ui/notice.tsx';
import { SummaryList } from '#components/ui/summary-list.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { deliveryCopy } from '#lib/copy/dashboard-delivery.ts';
import { keepingCopy } from '#lib/copy/dashboard-keeping.ts';
import { noticeCopy } from '#lib/copy/dashboard-notices.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { paths } from '#lib/paths.ts';
import type { StaffSessionItem, StaffSessionStory } from '#lib/schema/staff-session.ts';
import { CancelForm } from './cancel-form.tsx';
import { DeliveryActs } from './delivery-acts.tsx';
import { DeliveryCard } from './delivery-card.tsx';
import { Freshness } from './freshness.tsx';
import { KeepingCard } from './keeping-card.tsx';
import { Moment } from './moment.tsx';
import { NoticeList } from './notice-list.tsx';
import { Objections } from './objections.tsx';
import { Panel } from './panel.tsx';
import { StatusBadge } from './status-badge.tsx';
import { Timeline } from './timeline.tsx';
import { useLive } from './use-live.ts';

type LiveSessionProps = {
  initial: StaffSessionStory;
  language: StaffLanguage;
  problem: string | undefined;
  holdProblem: string | undefined;
  retryProblem: string | undefined;
};

/** What can change while somebody looks: facts, delivery, story, and whether there is still something to cancel. */
export function LiveSession({ initial, language, problem, holdProblem, retryProblem }: LiveSessionProps) {
  const { item } = initial;
  const { data, isStale } = useLive(paths.dashboardData(`sessions/${item.id}`), initial);
  const { session } = dashboardCopy[language];
  useFreshPage(standingOf(initial), standingOf(data));
  return (
    <div className="space-y-5">
      <Objections objections={data.objections} language={language} />
      {problem !== undefined && (
        <Notice tone="danger">{data.mayCancel ? <a href="#reason">{problem}</a> : problem}</Notice>
      )}
      <div className="grid items-start gap-5 *:min-w-0 lg:grid-cols-2">
        <div className="space-y-5">
          <Panel title={session.facts}>
            <Facts item={data.item} language={language} />
            <p className="mt-3 text-ink-soft text-sm">{session.masked}</p>
          </Panel>
          <Panel title={session.delivery}>
            {retryProblem !== undefined && <Notice tone="danger">{retryProblem}</Notice>}
            <DeliveryCard delivery={data.delivery} alarms={data.item.alarms} language={language} />
            {data.delivery && (
              <>
                <DeliveryActs
                  language={language}
                  sessionId={item.id}
                  acts={data.delivery.acts}
                  problem={retryProblem}
                />
                <p className="mt-3">
                  <a href={paths.dashboardCalls(item.id)}>{deliveryCopy[language].calls.link}</a>
                </p>
              </>
            )}
          </Panel>
          {data.notices.length > 0 && (
            <Panel title={noticeCopy[language].title}>
              <NoticeList notices={data.notices} language={language} />
            </Panel>
          )}
          <Panel title={keepingCopy[language].title}>
            {holdProblem !== undefined && <Notice tone="danger">{holdProblem}</Notice>}
            <KeepingCard story={data} language={language} problem={holdProblem} />
          </Panel>
          {data.mayCancel && <CancelForm language={language} item={data.item} problem={problem} />}
        </div>
        <Panel title={session.timeline}>
          <p className="mb-3 text-ink-soft text-sm">{session.zone}</p>
          <Timeline entries={data.entries} language={language} />
          <div className="mt-3">
            <Freshness language={language} at={data.now} isStale={isStale} />
          </div>
        </Panel>
      </div>
    </div>
  );
}

/** The evidence below is made by the server: when the session stands otherwise than it says, the page is asked for again. */
function useFreshPage(shown: string, known: string): void {
  const { refresh } = useRouter();
  useEffect(() => {
    if (shown !== known) refresh();
  }, [shown, known, refresh]);
}

function standingOf({ item, delivery }: StaffSessionStory): string {
  return `${item.status} ${delivery?.status}`;
}

function Facts({ item, language }: { item: StaffSessionItem; language: StaffLanguage }) {
  const { session, list } = dashboardCopy[language];
  const rows = [
    { key: 'status', label: list.columns.status, value: <StatusBadge status={item.status} language={language} /> },
    {
      key: 'person',
      label: list.columns.person,
      value: item.erased ? list.erased : Object.values(item.person).join('\n') || list.noPerson,
    },
    { key: 'id', label: session.id, value: <Key value={item.id} /> },
    { key: 'order', label: session.orderId, value: <Key value={item.orderId} /> },
    { key: 'debt', label: session.debtKey, value: <Key value={item.debtKey} /> },
    { key: 'created', label: session.created, value: <Moment at={item.createdAt} language={language} /> },
    item.closedAt === undefined
      ? { key: 'expires', label: session.expires, value: <Moment at={item.expiresAt} language={language} /> }
      : { key: 'closed', label: session.closed, value: <Moment at={item.closedAt} language={language} /> },
    item.receiptCode !== undefined && { key: 'receipt', label: session.receiptCode, value: item.receiptCode },
  ];
  return <SummaryList rows={rows.filter((row) => row !== false)} />;
}

/** What people copy; small enough that a UUID stays on one line. */
function Key({ value }: { value: string }) {
  return <span className="text-[0.9375rem]">{value}</span>;
}
