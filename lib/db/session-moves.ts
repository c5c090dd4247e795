import type { FailureReason } from '#lib/domain/session-state.ts';
import type { Tx } from './database.ts';

/**
 * The guarded updates: each moves one session along the state table and answers the instant, or undefined when the status or the
 * clock no longer allows it. The condition is in the WHERE clause, so that no caller can forget it. The move to COMPLETED is in
 * new-acceptance.ts: it never comes alone.
 */

const live = `s.status IN ('PENDING', 'IN_PROGRESS') AND aceite_now() < s.expires_at`;
const one = 's.workspace_id = $1 AND s.id = $2';

type Moment = { at: Date };
const instant = async (row: Promise<Moment | undefined>) => (await row)?.at;

const begin = {
  name: 'begin_session',
  text: `UPDATE signing_sessions s SET status = 'IN_PROGRESS', started_at = aceite_now()
    WHERE ${one} AND s.status = 'PENDING' AND aceite_now() < s.expires_at RETURNING s.started_at AS at`,
};

export function moveToInProgress(tx: Tx, workspaceId: string, sessionId: string): Promise<Date | undefined> {
  return instant(tx.row<Moment>(begin, [workspaceId, sessionId]));
}

const fail = {
  name: 'fail_session',
  text: `UPDATE signing_sessions s SET status = 'FAILED', closed_at = aceite_now(), failure_reason = $3, closing_words_sealed = $4
    WHERE ${one} AND ${live} RETURNING s.closed_at AS at`,
};

export function moveToFailed(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  { reason, words }: { reason: FailureReason; words: Buffer | null },
): Promise<Date | undefined> {
  return instant(tx.row<Moment>(fail, [workspaceId, sessionId, reason, words]));
}

const cancel = {
  name: 'cancel_session',
  text: `UPDATE signing_sessions s SET status = 'CANCELLED', closed_at = aceite_now(), cancelled_by = $3, closing_words_sealed = $4
    WHERE ${one} AND ${live} RETURNING s.closed_at AS at`,
};

export function moveToCancelled(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  { by, words }: { by: 'merchant' | 'staff' | 'lender'; words: Buffer | null },
): Promise<Date | undefined> {
  return instant(tx.row<Moment>(cancel, [workspaceId, sessionId, by, words]));
}

const nextDetails = {
  name: 'next_details_version',
  text: `UPDATE signing_sessions s SET details_version = s.details_version + 1
    WHERE ${one} AND s.status = 'IN_PROGRESS' AND aceite_now() < s.expires_at RETURNING s.details_version AS version`,
};

/** Takes the next version number for changed details, or undefined when the session no longer allows a change. */
export async function takeDetailsVersion(tx: Tx, workspaceId: string, sessionId: string): Promise<number | undefined> {
  return (await tx.row<{ version: number }>(nextDetails, [workspaceId, sessionId]))?.version;
}

/** Expiry is decided by time and recorded later: closed_at is the moment it lapsed, the event's own time is when that was noticed. */
const lapse = (which: string) => `
  WITH lapsed AS (
    UPDATE signing_sessions SET status = 'EXPIRED', closed_at = expires_at WHERE id IN (
      SELECT s.id FROM signing_sessions s
      WHERE s.workspace_id = $1 AND ${which} s.status IN ('PENDING', 'IN_PROGRESS') AND s.expires_at <= (SELECT aceite_now())
      ORDER BY s.expires_at LIMIT 200 FOR UPDATE SKIP LOCKED)
    RETURNING id, workspace_id),
  gone AS (DELETE FROM drafts USING lapsed WHERE drafts.session_id = lapsed.id)
  INSERT INTO events (session_id, workspace_id, type, actor) SELECT id, workspace_id, 'expired', 'system' FROM lapsed
  RETURNING session_id AS id`;

const lapseOne = { name: 'record_lapsed_session', text: lapse('s.id = $2 AND') };
const lapseAll = { name: 'record_lapsed_sessions', text: lapse('') };

/** Records EXPIRED for one session whose time has run out; answers whether it did. */
export async function recordLapsed(tx: Tx, workspaceId: string, sessionId: string): Promise<boolean> {
  return (await tx.row(lapseOne, [workspaceId, sessionId])) !== undefined;
}

/** The same for all of a workspace, at most 200 at a time; the sweep has usually been there before. */
export async function recordAllLapsed(tx: Tx, workspaceId: string): Promise<number> {
  return (await tx.rows(lapseAll, [workspaceId])).length;
}
