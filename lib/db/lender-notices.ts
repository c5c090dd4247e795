import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import type { NoticeEffect } from '#lib/domain/lender-notice.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { Database, Tx } from './database.ts';

const findByDebt = { name: 'find_debt_sessions', text: 'SELECT session_id, workspace_id FROM find_debt_sessions($1)' };

/** The newest session of each workspace about this debt. */
export async function findDebtSessions(db: Database, debtKey: string): Promise<SessionPlace[]> {
  const rows = await db.door<{ session_id: string; workspace_id: string }>(findByDebt, [debtKey]);
  return rows.map((row) => ({ sessionId: row.session_id, workspaceId: row.workspace_id }));
}

export type NewNotice = SessionPlace & {
  id: string;
  webhookType: string;
  state: string;
  eventDatetime: string | undefined;
  /** Null for a session that was erased. */
  content: { mark: Buffer; sealed: Buffer } | null;
};

const insert = {
  name: 'insert_lender_notice',
  text: `WITH kept AS (
    INSERT INTO lender_notices (id, session_id, workspace_id, webhook_type, state, event_datetime, content_mark, content_sealed)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (session_id, webhook_type, state, event_datetime, content_mark) DO NOTHING RETURNING id, session_id, workspace_id)
    INSERT INTO lender_notice_work (notice_id, session_id, workspace_id) SELECT id, session_id, workspace_id FROM kept RETURNING notice_id`,
};

/** Keeps a notice and puts it on the list of work; false when the same one is kept already. */
export async function insertNotice(tx: Tx, notice: NewNotice): Promise<boolean> {
  const { id, sessionId, workspaceId, webhookType, state, eventDatetime = null, content } = notice;
  const said = [webhookType, state, eventDatetime, content?.mark ?? null, content?.sealed ?? null];
  return (await tx.row(insert, [id, sessionId, workspaceId, ...said])) !== undefined;
}

export type ClaimedNotice = SessionPlace & { noticeId: string };

const claim = { name: 'claim_notices', text: 'SELECT notice_id, session_id, workspace_id FROM claim_notices($1)' };

/** Notices that are due to be worked on; each is put off for a while, in case that it cannot be yet. */
export async function claimNotices(db: Database, howMany: number): Promise<ClaimedNotice[]> {
  const rows = await db.door<{ notice_id: string; session_id: string; workspace_id: string }>(claim, [howMany]);
  return rows.map((row) => ({ noticeId: row.notice_id, sessionId: row.session_id, workspaceId: row.workspace_id }));
}

export type NoticeRow = { state: string; content_sealed: Buffer | null };

const readUnworked = {
  name: 'read_unworked_notice',
  text: `SELECT n.state, n.content_sealed FROM lender_notice_work w JOIN lender_notices n ON n.id = w.notice_id
    WHERE w.workspace_id = $1 AND w.notice_id = $2 AND w.effect IS NULL FOR UPDATE OF w`,
};

/** The notice, held against any other worker; undefined when it has been worked on. */
export function lockUnworkedNotice(tx: Tx, { workspaceId, noticeId }: ClaimedNotice): Promise<NoticeRow | undefined> {
  return tx.row<NoticeRow>(readUnworked, [workspaceId, noticeId]);
}

const settle = {
  name: 'settle_notice',
  text: `UPDATE lender_notice_work SET effect = $3, worked_at = aceite_now(), due_at = NULL WHERE workspace_id = $1 AND notice_id = $2`,
};

export async function settleNotice(
  tx: Tx,
  { workspaceId, noticeId }: ClaimedNotice,
  effect: NoticeEffect,
): Promise<void> {
  await tx.rows(settle, [workspaceId, noticeId, effect]);
}

const lockDelivery = {
  name: 'lock_delivery_for_notice',
  text: `SELECT status, coalesce(lease_until > aceite_now(), false) AS is_leased FROM deliveries
    WHERE workspace_id = $1 AND session_id = $2 FOR UPDATE`,
};

/** Where the delivery stands, held until the transaction ends; `is_leased` while a worker is at it. */
export function lockDeliveryStanding(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
): Promise<{ status: DeliveryStatus; is_leased: boolean } | undefined> {
  return tx.row(lockDelivery, [workspaceId, sessionId]);
}

const ask = {
  name: 'ask_lender_first',
  text: `UPDATE deliveries SET was_ambiguous = true, next_attempt_at = CASE WHEN next_attempt_at IS NOT NULL THEN aceite_now() END
    WHERE workspace_id = $1 AND session_id = $2`,
};

/** From now on the lender is asked before anything is sent, and at once when the delivery waits for nothing but its time. */
export async function askLenderFirst(tx: Tx, { workspaceId, sessionId }: SessionPlace): Promise<void> {
  await tx.rows(ask, [workspaceId, sessionId]);
}
