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

/**
 * Rows of like things. On a phone each row is a card of its own, its name first and every value beside its column's. Wider than the screen it
 * scrolls within itself, by keyboard too. Roles are named because a browser forgets those of a table that is laid out otherwise.
 */
export function Table<Row>({ caption, isCaptionHidden = false, columns, rows, rowKey, empty }: TableProps<Row>) {
  if (rows.length === 0)
    return <div className="rounded-lg border border-line bg-surface p-6 text-ink-soft">{empty}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section aria-label={caption} tabIndex={0} className="overflow-x-auto rounded-lg border border-line bg-surface">
      <table {...role('table')} className="w-full border-collapse text-left max-sm:block">
        <caption className={isCaptionHidden ? 'sr-only' : 'px-4 pt-4 text-left font-semibold max-sm:block'}>
          {caption}
        </caption>
        <thead {...role('rowgroup')} className="max-sm:sr-only">
          <tr {...role('row')} className="border-line border-b">
            {columns.map((column) => (
              <th
                {...role('columnheader')}
                key={column.header}
                scope="col"
                className={classNames(cellLook(column.align), 'font-semibold text-ink-soft text-sm')}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...role('rowgroup')} className="max-sm:block">
          {rows.map((row) => (
            <tr
              {...role('row')}
              key={rowKey(row)}
              className="border-line border-b last:border-b-0 hover:bg-sunken max-sm:flex max-sm:flex-col max-sm:gap-2 max-sm:p-4"
            >
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
  if (column.isRowHeader) {
    return (
      <th {...role('rowheader')} scope="row" className={classNames(className, 'font-normal max-sm:order-first')}>
        {column.cell(row)}
      </th>
    );
  }
  return (
    <td {...role('cell')} data-column={column.header} className={classNames(className, 'max-sm:flex', besideItsName)}>
      <div className="max-sm:min-w-0 max-sm:grow max-sm:basis-36">{column.cell(row)}</div>
    </td>
  );
}

/** The column's name before the value, for the eye alone: whoever hears the page has it from the column. Without a value there is neither. */
const besideItsName =
  "max-sm:flex-wrap max-sm:gap-x-3 max-sm:has-[>div:empty]:hidden max-sm:before:w-28 max-sm:before:text-ink-soft max-sm:before:text-sm max-sm:before:content-[attr(data-column)/'']";

function cellLook(align: 'start' | 'end' = 'start'): string {
  return classNames('px-4 py-3 align-top max-sm:p-0', align === 'end' && 'sm:text-right tabular-nums');
}

/** Spread, because the linter takes a role on its own element for needless; laid out as a card the element has lost it. */
const role = (name: 'table' | 'rowgroup' | 'row' | 'columnheader' | 'rowheader' | 'cell') => ({ role: name });
