import type { Tx } from './database.ts';

const insert = {
  name: 'insert_log_cosignature',
  text: 'INSERT INTO log_cosignatures (size, witness, line) VALUES ($1, $2, $3) ON CONFLICT (size, witness) DO NOTHING',
};

/** Keeps the line, with its line feed, that a witness adds to the checkpoint of that size; a second one changes nothing. */
export async function insertCosignature(
  tx: Tx,
  { size, witness, line }: { size: number; witness: string; line: string },
): Promise<void> {
  await tx.rows(insert, [size, witness, line]);
}

const newest = {
  name: 'newest_log_cosignature',
  text: 'SELECT size FROM log_cosignatures WHERE witness = $1 ORDER BY size DESC LIMIT 1',
};

/** The size of the largest tree that the witness has cosigned; 0 when there is none. */
export async function lastCosignedSize(tx: Tx, witness: string): Promise<number> {
  return Number((await tx.row<{ size: string }>(newest, [witness]))?.size ?? 0);
}

const list = {
  name: 'list_log_cosignatures',
  text: 'SELECT witness, line FROM log_cosignatures WHERE size = $1 ORDER BY witness',
};

/** The lines that witnesses added to the checkpoint of that size, each with its line feed. */
export function listCosignatures(tx: Tx, size: number): Promise<{ witness: string; line: string }[]> {
  return tx.rows(list, [size]);
}
