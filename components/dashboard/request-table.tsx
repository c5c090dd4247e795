import { Badge, type Tone } from '#components/ui/badge.tsx';
import { type Column, Table } from '#components/ui/table.tsx';
import { requestCopy } from '#lib/copy/dashboard-requests.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { paths } from '#lib/paths.ts';
import type { StaffRequestItem } from '#lib/schema/staff-request.ts';
import { Moment } from './moment.tsx';

type RequestTableProps = { rows: readonly StaffRequestItem[]; language: StaffLanguage; isFiltered: boolean };

/** What programs asked and were answered, a line each. */
export function RequestTable({ rows, language, isFiltered }: RequestTableProps) {
  const copy = requestCopy[language];
  const empty = isFiltered ? (
    <p>
      {copy.noMatch} <a href={paths.dashboardRequests()}>{copy.clear}</a>
    </p>
  ) : (
    <p>{copy.none}</p>
  );
  return (
    <Table
      caption={copy.title}
      isCaptionHidden
      columns={columnsIn(language)}
      rows={rows}
      rowKey={({ requestId }) => requestId}
      empty={empty}
    />
  );
}

function columnsIn(language: StaffLanguage): Column<StaffRequestItem>[] {
  const { columns } = requestCopy[language];
  return [
    { header: columns.answer, cell: ({ status }) => <AnswerBadge status={status} /> },
    {
      header: columns.request,
      isRowHeader: true,
      cell: ({ method, path, requestId, code }) => (
        <span className="block [overflow-wrap:anywhere] sm:min-w-56">
          <a href={paths.dashboardRequest(requestId)} className="block">
            <span className="font-semibold">{method}</span> {path}
            <span className="block text-ink-soft text-sm">{requestId}</span>
          </a>
          {code !== undefined && <code className="block text-sm">{code}</code>}
        </span>
      ),
    },
    {
      header: columns.at,
      cell: ({ at }) => (
        <span className="block text-sm sm:min-w-28">
          <Moment at={at} language={language} />
        </span>
      ),
    },
    { header: columns.key, cell: ({ key }) => <code className="whitespace-nowrap text-sm">{key}</code> },
    {
      header: columns.duration,
      align: 'end',
      cell: ({ durationMs }) => <span className="whitespace-nowrap">{durationMs} ms</span>,
    },
  ];
}

export function AnswerBadge({ status }: { status: number }) {
  return <Badge tone={toneOf(status)}>{String(status)}</Badge>;
}

function toneOf(status: number): Tone {
  if (status >= 500) return 'danger';
  return status >= 400 ? 'warning' : 'success';
}
