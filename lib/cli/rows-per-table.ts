import type { TableSum } from '#lib/schema/backup-file.ts';
import { columns } from './columns.ts';

/** Every table with the number of its rows, and what they come to. */
export function rowsPerTable(tables: TableSum[]): string {
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  return columns([['table', 'rows'], ...tables.map(({ table, rows }) => [table, `${rows}`]), ['together', `${total}`]]);
}
