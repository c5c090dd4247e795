import { advisoryLocks } from './advisory-locks.ts';
import type { Tx } from './database.ts';

/** A signed head of the log. `note` is the signed note to the byte. */
export type CheckpointRow = { size: number; root: Buffer; note: Buffer; signed_at: Date };

type StoredRow = Omit<CheckpointRow, 'size'> & { size: string };

const rowOf = (stored: StoredRow): CheckpointRow => ({ ...stored, size: Number(stored.size) });

const insert = {
  name: 'insert_log_checkpoint',
  text: 'INSERT INTO log_checkpoints (size, root, note) VALUES ($1, $2, $3)',
};

export async function insertCheckpoint(
  tx: Tx,
  { size, root, note }: { size: number; root: Uint8Array; note: Uint8Array },
): Promise<void> {
  await tx.rows(insert, [size, root, note]);
}

const before = {
  name: 'log_checkpoint_before',
  text: 'SELECT size, root, note, signed_at FROM log_checkpoints WHERE size < $1 ORDER BY size DESC LIMIT 1',
};

/** The longest that is shorter than `size`. */
export async function checkpointBefore(tx: Tx, size: number): Promise<CheckpointRow | undefined> {
  const row = await tx.row<StoredRow>(before, [size]);
  return row && rowOf(row);
}

const bySize = {
  name: 'read_log_checkpoint',
  text: 'SELECT size, root, note, signed_at FROM log_checkpoints WHERE size = $1',
};

export async function readCheckpoint(tx: Tx, size: number): Promise<CheckpointRow | undefined> {
  const row = await tx.row<StoredRow>(bySize, [size]);
  return row && rowOf(row);
}

const becomeOnly = {
  name: 'be_the_only_signer',
  text: `SELECT pg_try_advisory_xact_lock(${advisoryLocks.signLog}) AS got`,
};

/** Takes the right to sign until the transaction ends; false while another signer has it. */
export async function becomeOnlySigner(tx: Tx): Promise<boolean> {
  return (await tx.row<{ got: boolean }>(becomeOnly, []))?.got === true;
}

const covering = {
  name: 'covering_log_checkpoint',
  text: `SELECT size, root, note, signed_at FROM log_checkpoints c WHERE size > $1
      AND (SELECT count(*) FROM log_time_stamps t WHERE t.size = c.size) >= $2 ORDER BY size LIMIT 1`,
};

/** The first checkpoint whose history has the leaf at `index` (from 0) and that so many authorities have stamped. */
export async function coveringCheckpoint(tx: Tx, index: number, stamps: number): Promise<CheckpointRow | undefined> {
  const row = await tx.row<StoredRow>(covering, [index, stamps]);
  return row && rowOf(row);
}
