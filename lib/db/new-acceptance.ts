import type { Tx } from './database.ts';
import { eventColumns, eventValues, type NewEvent } from './events.ts';

/** What the signer's act writes, all of it or nothing. */
export type NewAcceptance = {
  workspaceId: string;
  sessionId: string;
  acceptedAt: Date;
  receiptCode: string;
  /** The version that the signer saw; another one by now means that nothing is written. */
  detailsVersion: number;
  offerId: string;
  browserSha256: Buffer;
  recordSealed: Buffer;
  recordSha256: Buffer;
  /** The bytes that every attempt sends to the lender. */
  bodySealed: Buffer;
  bodySha256: Buffer;
  event: NewEvent;
};

/** The guarded move to COMPLETED comes first; whatever follows takes its session from it, and so happens only with it. */
const accept = {
  name: 'accept_session',
  text: `
    WITH session AS (
      UPDATE signing_sessions s SET status = 'COMPLETED', closed_at = $3, receipt_code = $4
      WHERE s.workspace_id = $1 AND s.id = $2 AND s.status = 'IN_PROGRESS' AND s.details_version = $5 AND aceite_now() < s.expires_at
      RETURNING s.id, s.workspace_id, s.debt_key),
    acceptance AS (INSERT INTO acceptances (session_id, workspace_id, accepted_at, receipt_code, details_version, offer_id, browser_sha256,
      record_sealed, record_sha256) SELECT id, workspace_id, $3, $4, $5, $6, $7, $8, $9 FROM session),
    delivery AS (INSERT INTO deliveries (session_id, workspace_id, debt_key, body_sealed, body_sha256)
      SELECT id, workspace_id, debt_key, $10, $11 FROM session),
    draft AS (DELETE FROM drafts USING session WHERE drafts.session_id = session.id)
    INSERT INTO events (${eventColumns}) SELECT workspace_id, id, $12, $13, $14, $15, $16, $17, $18, $19 FROM session RETURNING session_id`,
};

/**
 * Completes a session, keeps its acceptance and queues the lender's body, in one statement that commits itself. False, and nothing
 * written, when status, details or clock no longer allow it.
 */
export async function writeAcceptance(tx: Tx, a: NewAcceptance): Promise<boolean> {
  const row = await tx.lastRow(accept, [
    a.workspaceId,
    a.sessionId,
    a.acceptedAt,
    a.receiptCode,
    a.detailsVersion,
    a.offerId,
    a.browserSha256,
    a.recordSealed,
    a.recordSha256,
    a.bodySealed,
    a.bodySha256,
    ...eventValues(a.event).slice(2),
  ]);
  return row !== undefined;
}
