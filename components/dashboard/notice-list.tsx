import { type Column, Table } from '#components/ui/table.tsx';
import { noticeCopy } from '#lib/copy/dashboard-notices.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { shownNoticesMax } from '#lib/domain/lender-notice.ts';
import type { StaffNotice } from '#lib/schema/staff-notice.ts';
import { Moment } from './moment.tsx';

type NoticeListProps = { notices: readonly StaffNotice[]; language: StaffLanguage };

/** What the lender said of the debt by itself, and what came of it. */
export function NoticeList({ notices, language }: NoticeListProps) {
  const copy = noticeCopy[language];
  return (
    <>
      <p className="mb-3 text-ink-soft text-sm">{copy.what}</p>
      <Table
        caption={copy.title}
        isCaptionHidden
        columns={columnsIn(language)}
        rows={notices}
        rowKey={({ id }) => id}
        empty={null}
      />
      {notices.length === shownNoticesMax && <p className="mt-3 text-ink-soft text-sm">{copy.older}</p>}
    </>
  );
}

function columnsIn(language: StaffLanguage): Column<StaffNotice>[] {
  const { columns, effects, waiting } = noticeCopy[language];
  return [
    { header: columns.at, cell: ({ at }) => <Moment at={at} language={language} /> },
    { header: columns.state, isRowHeader: true, cell: ({ state }) => <Said text={state} /> },
    { header: columns.lenderTime, cell: ({ lenderTime }) => <Said text={lenderTime ?? '–'} /> },
    { header: columns.worked, cell: ({ effect }) => (effect === undefined ? waiting : effects[effect]) },
  ];
}

/** The lender's words, which may be anything. */
function Said({ text }: { text: string }) {
  return <span className="[overflow-wrap:anywhere]">{text}</span>;
}
