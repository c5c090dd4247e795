import { createHash } from 'node:crypto';
import pg from 'pg';
import { type SequenceStanding, sequenceStanding, tableHeading } from '#lib/schema/backup-file.ts';
import { backupLines, damaged, parsed } from './backup-reader.ts';
import { BackupRefused } from './backup-refused.ts';
import type { Catalogue, Table } from './table-catalogue.ts';

/** One statement takes rows up to this size, which keeps memory flat, or up to this number, which keeps its answer quick. */
const batchBytes = 2_097_152;
const batchRows = 5_000;

type Batch = { table: string; insert: string; rows: string[]; bytes: number };

type LoadOptions = {
  /** The hash that the file had when it was checked. */
  sha256: string;
  onProgress?: (message: string) => void;
};

/**
 * Puts every row of a backup file into the empty tables of the open transaction and sets the sequences. The lines are taken as they
 * stand: their values are read by the server alone. Throws BackupRefused when the file does not name exactly these tables, a row does
 * not fit, or the file has changed since it was checked.
 */
export async function loadRows(
  client: pg.Client,
  path: string,
  catalogue: Catalogue,
  { sha256, onProgress }: LoadOptions,
): Promise<void> {
  const tables = new Map(catalogue.tables.map((table) => [table.name, table]));
  const sequences = new Set(catalogue.sequences);
  let batch: Batch | undefined;
  for await (const line of linesBehindHeader(path, sha256)) {
    if (line[0] === openingBracket) {
      await addRow(client, batch, line);
      continue;
    }
    await insertRows(client, batch);
    const heading = parsed(tableHeading, line);
    if (heading) onProgress?.(`loading ${heading.table}`);
    else await setSequence(client, sequences, parsed(sequenceStanding, line));
    batch = heading && beginTable(tables, heading);
  }
  await insertRows(client, batch);
  const missing = [...tables.keys(), ...sequences];
  if (missing.length > 0) throw otherTables(`It does not hold ${missing.join(', ')}.`);
}

const openingBracket = '['.charCodeAt(0);

/** Every line between header and sums; throws behind the last one when they do not have the hash. */
async function* linesBehindHeader(path: string, sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let beforeLast: Buffer | undefined;
  let last: Buffer | undefined;
  let isHeader = true;
  for await (const line of backupLines(path)) {
    if (last) hash.update(last).update('\n');
    if (beforeLast) {
      if (!isHeader) yield beforeLast;
      isHeader = false;
    }
    beforeLast = last;
    last = line;
  }
  if (hash.digest('hex') !== sha256) throw damaged(path);
}

/** Every table once, with exactly the columns that it has here. */
function beginTable(tables: Map<string, Table>, heading: { table: string; columns: string[] }): Batch {
  const table = tables.get(heading.table);
  tables.delete(heading.table);
  const types = new Map(table?.columns.map(({ name, type }) => [name, type]));
  const isWhole = new Set(heading.columns).size === heading.columns.length && heading.columns.length === types.size;
  if (!table || !isWhole || !heading.columns.every((name) => types.has(name)))
    throw otherTables(`Its table ${heading.table} is not expected there, or not with these columns.`);
  const names = heading.columns.map((name) => pg.escapeIdentifier(name)).join(', ');
  const values = heading.columns.map((name, place) => `(line ->> ${place})::${types.get(name)}`).join(', ');
  const insert = `INSERT INTO public.${pg.escapeIdentifier(table.name)} (${names}) OVERRIDING SYSTEM VALUE
    SELECT ${values} FROM jsonb_array_elements($1::jsonb) line`;
  return { table: table.name, insert, rows: [], bytes: 0 };
}

async function addRow(client: pg.Client, batch: Batch | undefined, line: Buffer): Promise<void> {
  if (!batch) throw unknownPart();
  batch.rows.push(line.toString('utf8'));
  batch.bytes += line.length;
  if (batch.bytes >= batchBytes || batch.rows.length >= batchRows) await insertRows(client, batch);
}

async function insertRows(client: pg.Client, batch: Batch | undefined): Promise<void> {
  if (!batch || batch.rows.length === 0) return;
  const rows = batch.rows.splice(0);
  batch.bytes = 0;
  try {
    await client.query(batch.insert, [`[${rows.join(',')}]`]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    const message = `The rows of ${batch.table} cannot be loaded: ${error.message}. Nothing was restored.`;
    throw new BackupRefused('not_loadable', message, { cause: error });
  }
}

async function setSequence(
  client: pg.Client,
  sequences: Set<string>,
  standing: SequenceStanding | undefined,
): Promise<void> {
  if (!standing) throw unknownPart();
  const { sequence, lastValue, isCalled } = standing;
  if (!sequences.delete(sequence)) throw otherTables(`Its sequence ${sequence} is not expected there.`);
  await client.query('SELECT setval($1::regclass, $2, $3)', [
    `public.${pg.escapeIdentifier(sequence)}`,
    lastValue,
    isCalled,
  ]);
}

function unknownPart(): BackupRefused {
  return otherTables('It has a line that is neither a table, a row nor a sequence.');
}

function otherTables(reason: string): BackupRefused {
  return new BackupRefused(
    'other_tables',
    `The backup does not hold what its migrations make. ${reason} Nothing was restored.`,
  );
}
