import type { ReencodeDecision } from '#lib/domain/reencode.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { Tx } from './database.ts';

export type ReencodeRow = {
  id: string;
  proposed_by: string;
  proposed_at: Date;
  /** Sealed under field `reencode_reason`, like the decision's. */
  reason_sealed: Buffer;
  raw_text_sha256: Buffer;
  /** Bodies are sealed under field `lender_body`, as in the outbox, into which they are taken as they are. */
  replaced_sealed: Buffer;
  replaced_sha256: Buffer;
  body_sealed: Buffer;
  body_sha256: Buffer;
  outcome: ReencodeDecision | null;
  decided_by: string | null;
  decided_at: Date | null;
  decision_sealed: Buffer | null;
};

const list = {
  name: 'list_lender_reencodes',
  text: `SELECT id, proposed_by, proposed_at, reason_sealed, raw_text_sha256, replaced_sealed, replaced_sha256, body_sealed, body_sha256,
      outcome, decided_by, decided_at, decision_sealed
    FROM lender_reencodes WHERE workspace_id = $1 AND session_id = $2 ORDER BY proposed_at, id`,
};

/** Every other spelling that was proposed for a delivery, oldest first; of one that is still open there is no outcome. */
export function listReencodes(tx: Tx, { workspaceId, sessionId }: SessionPlace): Promise<ReencodeRow[]> {
  return tx.rows<ReencodeRow>(list, [workspaceId, sessionId]);
}

type NewReencode = {
  id: string;
  proposedBy: string;
  reasonSealed: Buffer;
  rawTextSha256: Buffer;
  bodySealed: Buffer;
  bodySha256: Buffer;
};

const insert = {
  name: 'insert_lender_reencode',
  text: `INSERT INTO lender_reencodes (id, session_id, workspace_id, proposed_by, reason_sealed, raw_text_sha256, replaced_sealed,
      replaced_sha256, body_sealed, body_sha256)
    SELECT $3, d.session_id, d.workspace_id, $4, $5, $6, d.body_sealed, d.body_sha256, $7, $8
    FROM deliveries d WHERE d.workspace_id = $1 AND d.session_id = $2
    ON CONFLICT (session_id) WHERE outcome IS NULL DO NOTHING RETURNING id`,
};

/** In place of the bytes that the delivery has now; false when another proposal is open. */
export async function insertReencode(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  r: NewReencode,
): Promise<boolean> {
  const values = [
    workspaceId,
    sessionId,
    r.id,
    r.proposedBy,
    r.reasonSealed,
    r.rawTextSha256,
    r.bodySealed,
    r.bodySha256,
  ];
  return (await tx.row(insert, values)) !== undefined;
}

type Decision = { id: string; outcome: ReencodeDecision; decidedBy: string; decisionSealed: Buffer };

const decide = {
  name: 'decide_lender_reencode',
  text: `UPDATE lender_reencodes SET outcome = $4, decided_by = $5, decided_at = aceite_now(), decision_sealed = $6
    WHERE workspace_id = $1 AND session_id = $2 AND id = $3 AND outcome IS NULL RETURNING id`,
};

/** Ends a proposal that is open; false when there is no such. An approved one takes effect at once, by the table's own trigger. */
export async function markReencodeDecided(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  { id, outcome, decidedBy, decisionSealed }: Decision,
): Promise<boolean> {
  return (await tx.row(decide, [workspaceId, sessionId, id, outcome, decidedBy, decisionSealed])) !== undefined;
}
