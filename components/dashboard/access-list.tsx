import { type Column, Table } from '#components/ui/table.tsx';
import { accessAct, accessCopy } from '#lib/copy/dashboard-accesses.ts';
import { fill, type StaffLanguage } from '#lib/copy/language.ts';
import { formatInstantWithOffset } from '#lib/format/instant.ts';
import type { AccessList as Accesses, AccessItem } from '#lib/schema/access-list.ts';
import { Moment } from './moment.tsx';

type AccessListProps = { list: Accesses; language: StaffLanguage; olderAddress: (cursor: string) => string };

/** Who has seen or taken what of a session; the page of those before is an address. */
export function AccessList({ list: { items, nextCursor }, language, olderAddress }: AccessListProps) {
  const copy = accessCopy[language];
  return (
    <>
      <p className="mb-3 text-ink-soft text-sm">{copy.what}</p>
      <Table
        caption={copy.title}
        isCaptionHidden
        columns={columnsIn(language)}
        rows={items}
        rowKey={({ at, by, userId, apiKeyId, what, requestId }) =>
          [at, by, userId, apiKeyId, what, requestId].join(' ')
        }
        empty={<p>{copy.none}</p>}
      />
      {nextCursor !== null && (
        <p className="mt-3">
          <a href={olderAddress(nextCursor)}>{copy.older}</a>
        </p>
      )}
    </>
  );
}

function columnsIn(language: StaffLanguage): Column<AccessItem>[] {
  const { columns } = accessCopy[language];
  return [
    { header: columns.at, cell: ({ at }) => <Moment at={at} language={language} /> },
    { header: columns.who, isRowHeader: true, cell: (row) => whoDid(row, language) },
    { header: columns.did, cell: (row) => <Done row={row} language={language} /> },
    {
      header: columns.reason,
      cell: ({ reason }) => <span className="whitespace-pre-line [overflow-wrap:anywhere]">{reason ?? '–'}</span>,
    },
  ];
}

function whoDid({ by, name, role, userId, keyName }: AccessItem, language: StaffLanguage): string {
  const copy = accessCopy[language];
  if (by === 'staff') return `${name ?? userId} (${role ?? copy.former})`;
  return [copy.takers[by], keyName !== undefined && fill(copy.key, { name: keyName })].filter(Boolean).join(', ');
}

function Done({ row: { what, count, lastAt }, language }: { row: AccessItem; language: StaffLanguage }) {
  const time = formatInstantWithOffset(new Date(lastAt), language);
  return (
    <>
      {accessAct(language, what)}
      {count > 1 && (
        <span className="block text-ink-soft text-sm">{fill(accessCopy[language].repeated, { count, time })}</span>
      )}
    </>
  );
}
