import { createHash } from 'node:crypto';
import pg from 'pg';
import type { TableSum } from '#lib/schema/backup-file.ts';
import { streamRows } from './stream-rows.ts';
import type { Table } from './table-catalogue.ts';

/**
 * Hands every row of a table to `onLine`, in the order of its key, as the line of a backup without its line feed, and gives their sum.
 */
export async function readTableLines(
  client: pg.Client,
  table: Table,
  onLine: (line: string) => void = () => undefined,
): Promise<TableSum> {
  const hash = createHash('sha256');
  let rows = 0;
  await streamRows<{ line: string }>(client, linesOf(table), ({ line }) => {
    hash.update(line).update('\n');
    rows += 1;
    onLine(line);
  });
  return { table: table.name, rows, sha256: hash.digest('hex') };
}

/** Every value in its text form, which Postgres reads back to the same value. */
function linesOf({ name, columns, orderedBy }: Table): string {
  const texts = columns.map((column) => `${pg.escapeIdentifier(column.name)}::text`).join(', ');
  const order = orderedBy.length > 0 ? orderedBy.join(', ') : 'line COLLATE "C"';
  return `SELECT array_to_json(ARRAY[${texts}]::text[])::text AS line FROM public.${pg.escapeIdentifier(name)} ORDER BY ${order}`;
}
