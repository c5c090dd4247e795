import { type Column, Table } from '#components/ui/table.tsx';
import { type ErrorCode, errorCatalogue } from '#lib/domain/error-catalogue.ts';
import { paths } from '#lib/paths.ts';

/** Every code of the catalogue with its status, each leading to its page. */
export function ErrorTable({ codes }: { codes: readonly ErrorCode[] }) {
  return (
    <Table
      caption="Errors by status"
      isCaptionHidden
      columns={columns}
      rows={codes}
      rowKey={(code) => code}
      empty="None."
    />
  );
}

const columns: readonly Column<ErrorCode>[] = [
  { header: 'Status', cell: (code) => errorCatalogue[code].status },
  { header: 'Code', cell: (code) => <a href={paths.docsError(code)}>{code}</a>, isRowHeader: true },
  { header: 'Meaning', cell: (code) => errorCatalogue[code].title.en },
];
