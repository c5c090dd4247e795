import type { Tx } from '#lib/db/database.ts';
import { type CheckpointRow, checkpointBefore } from '#lib/db/log-checkpoints.ts';

/** The longest history that was ever signed; undefined before the first. */
export function newestCheckpoint(tx: Tx): Promise<CheckpointRow | undefined> {
  return checkpointBefore(tx, Number.MAX_SAFE_INTEGER);
}
