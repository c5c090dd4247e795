import type { Tx } from './database.ts';
import { statementEntry } from './log-entry-sql.ts';

/** Something said in public and for good. `content` is canonical JSON; `hash` covers kind and content. */
export type StatementRow = { id: string; kind: string; content: string; hash: Buffer; made_at: Date };

const insert = {
  name: 'insert_log_statement',
  text: 'INSERT INTO log_statements (id, kind, content, hash) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING',
};

/** Says it once; said before, nothing happens. */
export async function insertStatement(
  tx: Tx,
  { id, kind, content, hash }: { id: string; kind: string; content: string; hash: Uint8Array },
): Promise<void> {
  await tx.rows(insert, [id, kind, content, hash]);
}

const waiting = {
  name: 'list_waiting_statements',
  text: `SELECT hash FROM log_statements s WHERE NOT EXISTS (SELECT FROM log_entries WHERE entry = ${statementEntry('s.hash')})
    ORDER BY made_at, id LIMIT $1`,
};

/** Hashes of the statements that the log has not taken in yet, oldest first. There are few statements at all. */
export async function listWaitingStatements(tx: Tx, most: number): Promise<Buffer[]> {
  return (await tx.rows<{ hash: Buffer }>(waiting, [most])).map(({ hash }) => hash);
}

const list = {
  name: 'list_log_statements',
  text: 'SELECT id, kind, content, hash, made_at FROM log_statements ORDER BY made_at, id',
};

/** Everything ever said, oldest first. */
export function listStatements(tx: Tx): Promise<StatementRow[]> {
  return tx.rows<StatementRow>(list, []);
}
