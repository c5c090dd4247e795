import { Button } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { TextAreaField } from '#components/ui/field.tsx';
import { type Column, Table } from '#components/ui/table.tsx';
import { deliveryCopy } from '#lib/copy/dashboard-delivery.ts';
import { factWords } from '#lib/copy/dashboard-facts.ts';
import { reencodeCopy } from '#lib/copy/dashboard-reencode.ts';
import { fill, type StaffLanguage } from '#lib/copy/language.ts';
import { staffReasonLengthMax } from '#lib/domain/staff-reason.ts';
import { paths } from '#lib/paths.ts';
import type { DeliveryCall, DeliveryCalls } from '#lib/schema/delivery-calls.ts';
import { Moment } from './moment.tsx';
import { Panel } from './panel.tsx';

type CallListProps = {
  language: StaffLanguage;
  sessionId: string;
  calls: DeliveryCalls;
  problem: string | undefined;
};

/** Every call to the lender, and, once somebody has said why, what went out and what came back. */
export function DeliveryCallList({ language, sessionId, calls, problem }: CallListProps) {
  const copy = deliveryCopy[language].calls;
  const answered = calls.calls.filter(({ answer }) => answer !== undefined);
  return (
    <div className="space-y-5">
      <Table
        caption={copy.title}
        isCaptionHidden
        columns={columnsIn(language)}
        rows={calls.calls}
        rowKey={({ id }) => id}
        empty={copy.none}
      />
      {calls.sent !== undefined && (
        <Panel title={calls.replaced ? copy.sentNow : copy.sent}>
          <Raw text={calls.sent} />
        </Panel>
      )}
      {(calls.replaced ?? []).map(({ sha256, sent }) => (
        <Panel key={sha256} title={reencodeCopy[language].replaced}>
          <p className="mb-2 text-ink-soft text-sm [overflow-wrap:anywhere]">{sha256}</p>
          <Raw text={sent} />
        </Panel>
      ))}
      {answered.length > 0 && (
        <Panel title={copy.answers}>
          {answered.map(({ id, endedAt, answer = '' }) => (
            <div key={id} className="mb-4">
              <p className="text-ink-soft text-sm">
                <Moment at={endedAt} language={language} />
              </p>
              <Raw text={answer} />
            </div>
          ))}
        </Panel>
      )}
      {calls.sent === undefined && calls.mayReveal && (
        <RevealForm language={language} sessionId={sessionId} problem={problem} />
      )}
      {!calls.mayReveal && <p className="text-ink-soft">{copy.hidden}</p>}
    </div>
  );
}

function Raw({ text }: { text: string }) {
  return (
    <div className="whitespace-pre-wrap font-mono text-sm [overflow-wrap:anywhere]" translate="no">
      {text}
    </div>
  );
}

type RevealFormProps = Pick<CallListProps, 'language' | 'sessionId' | 'problem'>;

function RevealForm({ language, sessionId, problem }: RevealFormProps) {
  const { calls, reason, reasonHint } = deliveryCopy[language];
  return (
    <Disclosure summary={calls.reveal} open={problem !== undefined}>
      <p className="my-2">{calls.revealWhat}</p>
      <form method="post" action={paths.dashboardAct('calls')} className="space-y-4">
        <input type="hidden" name="sessionId" value={sessionId} />
        <TextAreaField
          id="calls-reason"
          name="reason"
          label={reason}
          hint={reasonHint}
          error={problem}
          maxLength={staffReasonLengthMax}
          required
        />
        <Button>{calls.revealAct}</Button>
      </form>
    </Disclosure>
  );
}

function columnsIn(language: StaffLanguage): Column<DeliveryCall>[] {
  const copy = deliveryCopy[language].calls;
  const { columns } = copy;
  return [
    { header: columns.call, isRowHeader: true, cell: ({ kind }) => copy[kind] },
    { header: columns.began, cell: ({ startedAt }) => <Moment at={startedAt} language={language} /> },
    {
      header: columns.took,
      cell: ({ startedAt, endedAt }) =>
        fill(copy.milliseconds, { count: Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) }),
    },
    {
      header: columns.outcome,
      cell: ({ outcome, reason, counted }) => (
        <>
          {factWords(language, outcome)}
          {reason !== outcome && <span className="block text-ink-soft text-sm">{factWords(language, reason)}</span>}
          {!counted && <span className="block text-ink-soft text-sm">{copy.uncounted}</span>}
        </>
      ),
    },
    { header: columns.http, cell: ({ httpStatus }) => httpStatus },
    {
      header: columns.bytes,
      cell: ({ sha256 }) => sha256 && <span className="block min-w-40 text-sm [overflow-wrap:anywhere]">{sha256}</span>,
    },
  ];
}
