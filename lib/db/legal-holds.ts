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
