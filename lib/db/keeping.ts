import type { Database, Tx } from './database.ts';

/** How `erase_session` (migration 0012) found a session; only `erased` changed anything, now or earlier. */
export type ErasureStanding = 'unknown' | 'open' | 'held' | 'undelivered' | 'kept' | 'erased';

const erase = { name: 'erase_session', text: 'SELECT erase_session($1, $2) AS standing' };

/**
 * Erases what a session holds of people if it is due, in a transaction of its workspace and of the role `aceite_retention`. `requestId` names
 * a request by which a session that was never opened ends before its term.
 */
export async function eraseSession(tx: Tx, sessionId: string, requestId?: string): Promise<ErasureStanding> {
  const row = await tx.row<{ standing: ErasureStanding }>(erase, [sessionId, requestId ?? null]);
  if (!row) throw new Error('the function that erases gave no answer');
  return row.standing;
}

export type EndedKeeping = { session_id: string; workspace_id: string; keep_until: Date };

const ended = {
  name: 'find_ended_keeping',
  text: 'SELECT session_id, workspace_id, keep_until FROM find_ended_keeping($1, $2, $3)',
};

/** Sessions whose date has come, oldest first, behind the given one; held and undelivered ones are among them. */
export function findEndedKeeping(
  db: Database,
  behind: Pick<EndedKeeping, 'keep_until' | 'session_id'>,
  howMany: number,
): Promise<EndedKeeping[]> {
  return db.door<EndedKeeping>(ended, [behind.keep_until, behind.session_id, howMany]);
}
