import { type Column, Table } from '#components/ui/table.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { paths } from '#lib/paths.ts';
import type { StaffSessionItem } from '#lib/schema/staff-session.ts';
import { Moment } from './moment.tsx';
import { AlarmBadge, DeliveryBadge, StatusBadge } from './status-badge.tsx';

type SessionTableProps = { rows: readonly StaffSessionItem[]; language: StaffLanguage; isFiltered: boolean };

export function SessionTable({ rows, language, isFiltered }: SessionTableProps) {
  const { list } = dashboardCopy[language];
  const empty = isFiltered ? (
    <p>
      {list.noMatch} <a href={paths.dashboardSessions()}>{list.clear}</a>
    </p>
  ) : (
    <p>{list.none}</p>
  );
  return (
    <Table
      caption={list.title}
      isCaptionHidden
      columns={columnsIn(language)}
      rows={rows}
      rowKey={(row) => row.id}
      empty={empty}
    />
  );
}

function columnsIn(language: StaffLanguage): Column<StaffSessionItem>[] {
  const { columns, noPerson, erased } = dashboardCopy[language].list;
  return [
    { header: columns.status, cell: (row) => <StatusBadge status={row.status} language={language} /> },
    {
      header: columns.person,
      isRowHeader: true,
      cell: (row) => (
        <a href={paths.dashboardSession(row.id)}>
          <span className="whitespace-nowrap">{row.erased ? erased : (row.person.name ?? noPerson)}</span>
          {row.person.identity !== undefined && (
            <span className="block whitespace-nowrap text-ink-soft text-sm">{row.person.identity}</span>
          )}
        </a>
      ),
    },
    {
      header: columns.order,
      cell: (row) => <span className="block [overflow-wrap:anywhere] sm:min-w-40">{row.orderId}</span>,
    },
    {
      header: columns.lender,
      cell: (row) =>
        row.deliveryStatus && (
          <span className="flex flex-wrap gap-1.5">
            <DeliveryBadge status={row.deliveryStatus} language={language} />
            <AlarmBadge alarms={row.alarms} language={language} />
          </span>
        ),
    },
    { header: columns.created, cell: (row) => <When at={row.createdAt} language={language} /> },
    { header: columns.ends, cell: (row) => <When at={row.closedAt ?? row.expiresAt} language={language} /> },
  ];
}

function When({ at, language }: { at: string; language: StaffLanguage }) {
  return (
    <span className="block text-sm sm:min-w-28">
      <Moment at={at} language={language} />
    </span>
  );
}
