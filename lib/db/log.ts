import type { Tx } from './database.ts';
import { waitingEntry } from './log-entry-sql.ts';

/** How many leaves the log has, and their root: what the next checkpoint will say. */
export type LogHead = { size: number; root: Buffer };

type HeadRow = { size: string; root: Buffer };

const headOf = (row: HeadRow | undefined): LogHead | undefined => row && { size: Number(row.size), root: row.root };

const lock = { name: 'lock_log_head', text: 'SELECT size, root FROM log_head FOR UPDATE SKIP LOCKED' };

/** The head, held until the transaction ends; undefined while another process lets the log grow. */
export async function lockLogHead(tx: Tx): Promise<LogHead | undefined> {
  return headOf(await tx.row<HeadRow>(lock, []));
}

const read = { name: 'read_log_head', text: 'SELECT size, root FROM log_head' };

export async function readLogHead(tx: Tx): Promise<LogHead> {
  const head = headOf(await tx.row<HeadRow>(read, []));
  if (!head) throw new Error('the log has lost its head');
  return head;
}

const move = { name: 'move_log_head', text: 'UPDATE log_head SET size = $1, root = $2' };

/** For the transaction that holds the head. */
export async function moveLogHead(tx: Tx, { size, root }: { size: number; root: Uint8Array }): Promise<void> {
  await tx.rows(move, [size, root]);
}

const take = {
  name: 'take_waiting_events',
  text: `WITH oldest AS (SELECT event_position FROM log_queue ORDER BY event_position LIMIT $1),
      taken AS (DELETE FROM log_queue q USING oldest WHERE q.event_position = oldest.event_position RETURNING q.event_position, q.kind, q.hash)
    SELECT ${waitingEntry('taken')} AS entry FROM taken
      WHERE NOT EXISTS (SELECT FROM log_entries l WHERE l.entry = ${waitingEntry('taken')}) ORDER BY event_position`,
};

/** Takes the entries of the events that have waited longest out of the queue, without those that the log has already; for the transaction that appends them. */
export async function takeWaitingEvents(tx: Tx, most: number): Promise<Buffer[]> {
  return (await tx.rows<{ entry: Buffer }>(take, [most])).map(({ entry }) => entry);
}

const append = {
  name: 'append_log_entries',
  text: 'INSERT INTO log_entries (index, entry) SELECT $1 + position - 1, entry FROM unnest($2::bytea[]) WITH ORDINALITY AS given (entry, position)',
};

/** Numbers the entries from `first` on. */
export async function insertLogEntries(tx: Tx, first: number, entries: readonly Uint8Array[]): Promise<void> {
  await tx.rows(append, [first, entries.map((entry) => Buffer.from(entry))]);
}

const listEntries = {
  name: 'list_log_entries',
  text: 'SELECT entry FROM log_entries WHERE index >= $1 AND index < $2 ORDER BY index',
};

/** The entries from `start` up to, not including, `end`; fewer when the log is shorter. */
export async function listLogEntries(tx: Tx, start: number, end: number): Promise<Buffer[]> {
  return (await tx.rows<{ entry: Buffer }>(listEntries, [start, end])).map(({ entry }) => entry);
}

const findEntries = {
  name: 'find_log_entries',
  text: 'SELECT index, entry FROM log_entries WHERE entry = ANY ($1)',
};

/** Where entries stand, by their bytes in hexadecimal; those that still wait are absent. */
export async function findLogEntries(tx: Tx, entries: readonly Uint8Array[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.rows<{ index: string; entry: Buffer }>(findEntries, [
    entries.map((entry) => Buffer.from(entry)),
  ]);
  return new Map(rows.map(({ index, entry }) => [entry.toString('hex'), Number(index)]));
}
