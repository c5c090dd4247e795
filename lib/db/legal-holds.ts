import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { Tx } from './database.ts';

export type HoldRow = {
  id: string;
  placed_by: string;
  placed_at: Date;
  /** Sealed under field `hold_reason`; null once the session is erased. */
  reason_sealed: Buffer | null;
  lifted_by: string | null;
  lifted_at: Date | null;
  lift_reason_sealed: Buffer | null;
};

const list = {
  name: 'list_legal_holds',
  text: `SELECT id, placed_by, placed_at, reason_sealed, lifted_by, lifted_at, lift_reason_sealed FROM legal_holds
    WHERE workspace_id = $1 AND session_id = $2 ORDER BY placed_at, id`,
};

/** Every hold that a session ever had, oldest first; those that stand have no `lifted_at`. */
export function listHolds(tx: Tx, workspaceId: string, sessionId: string): Promise<HoldRow[]> {
  return tx.rows<HoldRow>(list, [workspaceId, sessionId]);
}

const insert = {
  name: 'insert_legal_hold',
  text: 'INSERT INTO legal_holds (id, workspace_id, session_id, placed_by, reason_sealed) VALUES ($1, $2, $3, $4, $5)',
};

export async function insertHold(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  hold: { id: string; placedBy: string; reasonSealed: Buffer },
): Promise<void> {
  await tx.rows(insert, [hold.id, workspaceId, sessionId, hold.placedBy, hold.reasonSealed]);
}

const lift = {
  name: 'lift_legal_hold',
  text: `UPDATE legal_holds SET lifted_at = aceite_now(), lifted_by = $4, lift_reason_sealed = $5
    WHERE workspace_id = $1 AND session_id = $2 AND id = $3 AND lifted_at IS NULL RETURNING id`,
};

/** For a hold that stands; false when the session has no such one. */
export async function markHoldLifted(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  hold: { id: string; liftedBy: string; reasonSealed: Buffer },
): Promise<boolean> {
  return (await tx.row(lift, [workspaceId, sessionId, hold.id, hold.liftedBy, hold.reasonSealed])) !== undefined;
}
