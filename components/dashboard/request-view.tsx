import { CodeBlock } from '#components/ui/code-block.tsx';
import { SummaryList } from '#components/ui/summary-list.tsx';
import { requestCopy } from '#lib/copy/dashboard-requests.ts';
import { fill, type StaffLanguage } from '#lib/copy/language.ts';
import { errorCatalogue, isErrorCode } from '#lib/domain/error-catalogue.ts';
import { errorGuide } from '#lib/domain/error-guide.ts';
import { fieldMessage, isFieldCode } from '#lib/domain/field-messages.ts';
import { paths } from '#lib/paths.ts';
import type { KeptBody, KeptExchange, StaffRequest } from '#lib/schema/staff-request.ts';
import { Moment } from './moment.tsx';
import { Panel } from './panel.tsx';
import { AnswerBadge } from './request-table.tsx';

type RequestViewProps = { request: StaffRequest; language: StaffLanguage };

/** One call from its address to its answer. */
export function RequestView({ request, language }: RequestViewProps) {
  const { one } = requestCopy[language];
  const { exchange } = request;
  return (
    <div className="space-y-5">
      {request.code !== undefined && isErrorCode(request.code) && (
        <Trouble code={request.code} faults={request.faults} language={language} />
      )}
      <Panel title={one.facts}>
        <Facts request={request} language={language} />
      </Panel>
      {exchange ? <Exchange exchange={exchange} language={language} /> : <p className="text-ink-soft">{one.hidden}</p>}
    </div>
  );
}

type TroubleProps = { code: keyof typeof errorCatalogue; faults: StaffRequest['faults']; language: StaffLanguage };

/** What the refusal means, in the reader's language, and which fields it is about. */
function Trouble({ code, faults, language }: TroubleProps) {
  const { one } = requestCopy[language];
  return (
    <Panel title={one.error}>
      <p className="font-semibold">{errorCatalogue[code].title[language]}</p>
      <p className="mt-1">{errorCatalogue[code].detail[language]}</p>
      <p className="mt-1">{errorGuide[code].fix[language]}</p>
      <p className="mt-2">
        <a href={paths.docsError(code)}>{fill(one.errorPage, { code })}</a>
      </p>
      {faults.length > 0 && (
        <>
          <h3 className="mt-4 mb-2 font-semibold">{one.faults}</h3>
          <SummaryList rows={faults.map((fault, index) => faultRow(fault, index, language))} />
        </>
      )}
    </Panel>
  );
}

/** Where, and which rule; one field may break several. */
function faultRow({ pointer, code, details }: StaffRequest['faults'][number], index: number, language: StaffLanguage) {
  return {
    key: String(index),
    label: (
      <code className="[overflow-wrap:anywhere]">{pointer === '' ? requestCopy[language].one.wholeBody : pointer}</code>
    ),
    value: (
      <>
        {isFieldCode(code) && fieldMessage(code, language, details)}{' '}
        <code className="block font-normal text-ink-soft text-sm">{code}</code>
      </>
    ),
  };
}

function Facts({ request, language }: RequestViewProps) {
  const { one, columns } = requestCopy[language];
  const { at, durationMs, status, code, sessionId, key, keyName, requestId, contentType, userAgent } = request;
  const rows = [
    { key: 'answer', label: columns.answer, value: <AnswerBadge status={status} /> },
    ...(code === undefined ? [] : [{ key: 'code', label: one.code, value: <code>{code}</code> }]),
    { key: 'at', label: columns.at, value: <Moment at={at} language={language} /> },
    { key: 'duration', label: columns.duration, value: `${durationMs} ms` },
    { key: 'id', label: one.id, value: requestId },
    ...(sessionId === undefined
      ? []
      : [{ key: 'session', label: one.session, value: <a href={paths.dashboardSession(sessionId)}>{sessionId}</a> }]),
    { key: 'key', label: one.key, value: `${keyName} (${key})` },
    { key: 'idempotency', label: one.idempotency, value: request.hasIdempotencyKey ? one.given : one.absent },
    { key: 'type', label: one.contentType, value: contentType ?? one.absent },
    { key: 'agent', label: one.userAgent, value: userAgent ?? one.absent },
  ];
  return <SummaryList rows={rows} />;
}

function Exchange({ exchange, language }: { exchange: KeptExchange; language: StaffLanguage }) {
  const { one } = requestCopy[language];
  const { query, sent, answered, shows } = exchange;
  return (
    <>
      <Panel title={one.sent}>
        {query !== '' && (
          <div className="mb-4">
            <p className="mb-2 text-ink-soft text-sm">{one.query}</p>
            <CodeBlock text={query} />
          </div>
        )}
        {sent ? <Body body={sent} language={language} /> : <p className="text-ink-soft">{one.nothingSent}</p>}
      </Panel>
      {answered && (
        <Panel title={one.answered}>
          <Body body={answered} language={language} />
        </Panel>
      )}
      {shows.length > 0 && <p className="text-ink-soft text-sm">{one.accessNoted}</p>}
    </>
  );
}

const keptKib = 16;

function Body({ body: { text, isCut }, language }: { body: KeptBody; language: StaffLanguage }) {
  return (
    <>
      <CodeBlock text={text} />
      {isCut && <p className="mt-2 text-ink-soft text-sm">{fill(requestCopy[language].one.cut, { kib: keptKib })}</p>}
    </>
  );
}
