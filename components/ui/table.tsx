import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type Column<Row> = {
  /** Unique within the table. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** The cell that names the row; one column has it. */
  isRowHeader?: boolean;
  align?: 'start' | 'end';
};

type TableProps<Row> = {
  /** Read out first, and shown unless it repeats the heading above. */
  caption: string;
  isCaptionHidden?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** What to say when there is no row. */
  empty: ReactNode;
};

/** Rows of like things. Wider than the screen it scrolls within itself, by keyboard too. */
export function Table<Row>({ caption, isCaptionHidden = false, columns, rows, rowKey, empty }: TableProps<Row>) {
  if (rows.length === 0)
    return <div className="rounded-lg border border-line bg-surface p-6 text-ink-soft">{empty}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section aria-label={caption} tabIndex={0} className="overflow-x-auto rounded-lg border border-line bg-surface">
      <table className="w-full border-collapse text-left">
        <caption className={isCaptionHidden ? 'sr-only' : 'px-4 pt-4 text-left font-semibold'}>{caption}</caption>
        <thead>
          <tr className="border-line border-b">
            {columns.map((column) => (
              <th
                key={column.header}
                scope="col"
                className={classNames(cellLook(column.align), 'font-semibold text-ink-soft text-sm')}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-line border-b last:border-b-0 hover:bg-sunken">
              {columns.map((column) => (
                <Cell key={column.header} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const className = cellLook(column.align);
  if (!column.isRowHeader) return <td className={className}>{column.cell(row)}</td>;
  return (
    <th scope="row" className={classNames(className, 'font-normal')}>
      {column.cell(row)}
    </th>
  );
}

function cellLook(align: 'start' | 'end' = 'start'): string {
  return classNames('px-4 py-3 align-top', align === 'end' && 'text-right tabular-nums');
}
