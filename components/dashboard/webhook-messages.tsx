import { type Column, Table } from '#components/ui/table.tsx';
import { webhookCopy } from '#lib/copy/dashboard-webhooks.ts';
import { fill, type StaffLanguage } from '#lib/copy/language.ts';
import { webhookOutcomeWords } from '#lib/copy/webhook-outcome.ts';
import { paths } from '#lib/paths.ts';
import type { StaffMessage } from '#lib/schema/staff-webhook.ts';
import { Moment } from './moment.tsx';
import { ActForm } from './webhook-acts.tsx';

type MessagesProps = {
  endpointId: string;
  /** Nothing is sent again to an endpoint that is switched off. */
  isActive: boolean;
  messages: readonly StaffMessage[];
  language: StaffLanguage;
};

/** The newest messages of an endpoint, with what came of each attempt. */
export function WebhookMessages({ messages, ...about }: MessagesProps) {
  const copy = webhookCopy[about.language].messages;
  return (
    <Table
      caption={copy.title}
      isCaptionHidden
      columns={columnsIn(about)}
      rows={messages}
      rowKey={({ eventId }) => eventId}
      empty={<p>{copy.none}</p>}
    />
  );
}

function columnsIn({ endpointId, isActive, language }: Omit<MessagesProps, 'messages'>): Column<StaffMessage>[] {
  const { acts, messages: copy } = webhookCopy[language];
  return [
    { header: copy.columns.at, cell: ({ occurredAt }) => <Moment at={occurredAt} language={language} /> },
    {
      header: copy.columns.type,
      isRowHeader: true,
      cell: ({ type, sessionId }) => (
        <>
          {type} {sessionId !== undefined && <a href={paths.dashboardSession(sessionId)}>{copy.session}</a>}
        </>
      ),
    },
    {
      header: copy.columns.status,
      cell: ({ status, nextAttemptAt, eventId }) => (
        <>
          <p>
            {copy.status[status]} {nextAttemptAt !== undefined && <Moment at={nextAttemptAt} language={language} />}
          </p>
          {isActive && (
            <ActForm
              endpointId={endpointId}
              act="resend"
              eventId={eventId}
              kind="quiet"
              label={`${acts.resend} ${eventId}`}
            >
              {acts.resend}
            </ActForm>
          )}
        </>
      ),
    },
    { header: copy.columns.attempts, cell: (message) => <Attempts message={message} language={language} /> },
  ];
}

function Attempts({ message: { attempts }, language }: { message: StaffMessage; language: StaffLanguage }) {
  const { attempt } = webhookCopy[language].messages;
  if (attempts.length === 0) return '–';
  return (
    <ol className="space-y-1 text-sm">
      {attempts.map(({ at, latencyMs, outcome, reply }) => (
        <li key={`${at} ${outcome} ${latencyMs}`}>
          <Moment at={at} language={language} />{' '}
          {fill(attempt, { words: webhookOutcomeWords(language, outcome), outcome, ms: latencyMs })}
          {reply !== undefined && <span className="block text-ink-soft [overflow-wrap:anywhere]">{reply}</span>}
        </li>
      ))}
    </ol>
  );
}
