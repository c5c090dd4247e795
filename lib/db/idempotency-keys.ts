import type { Database, Tx } from './database.ts';

type Place = { workspaceId: string; key: string };

const begin = {
  name: 'begin_idempotency',
  text: `INSERT INTO idempotency_keys (workspace_id, key, fingerprint) VALUES ($1, $2, $3)
    ON CONFLICT (workspace_id, key) DO UPDATE SET fingerprint = excluded.fingerprint, created_at = aceite_now(), status = NULL, answer_sealed = NULL
      WHERE idempotency_keys.created_at <= aceite_now() - interval '24 hours'
    RETURNING key`,
};

/**
 * Takes the key for this transaction: true when it was free or a day old, false when an answer stands. Waits for a first request
 * that is still running; the lock timeout ends the wait with SQLSTATE 55P03.
 */
export async function takeIdempotencyKey(
  tx: Tx,
  { workspaceId, key }: Place,
  fingerprint: Uint8Array,
): Promise<boolean> {
  return (await tx.row(begin, [workspaceId, key, fingerprint])) !== undefined;
}

export type KeptAnswer = { fingerprint: Buffer; created_at: Date; status: number; answer_sealed: Buffer };

const read = {
  name: 'read_idempotency',
  text: 'SELECT fingerprint, created_at, status, answer_sealed FROM idempotency_keys WHERE workspace_id = $1 AND key = $2',
};

export function readKeptAnswer(tx: Tx, { workspaceId, key }: Place): Promise<KeptAnswer | undefined> {
  return tx.row<KeptAnswer>(read, [workspaceId, key]);
}

const keep = {
  name: 'keep_idempotency',
  text: 'UPDATE idempotency_keys SET status = $3, answer_sealed = $4 WHERE workspace_id = $1 AND key = $2',
};

export async function keepAnswer(
  tx: Tx,
  { workspaceId, key }: Place,
  status: number,
  answerSealed: Buffer,
): Promise<void> {
  await tx.rows(keep, [workspaceId, key, status, answerSealed]);
}

const prune = { name: 'prune_idempotency_keys', text: 'SELECT prune_idempotency_keys($1) AS pruned' };

/** Deletes up to `howMany` records older than a day; answers how many went. */
export async function pruneIdempotencyKeys(db: Database, howMany: number): Promise<number> {
  return (await db.door<{ pruned: number }>(prune, [howMany]))[0]?.pruned ?? 0;
}
