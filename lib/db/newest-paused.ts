import type { Tx } from './database.ts';

export type NewestPausedRow = { session_id: string; last_attempt_at: Date | null; lender_code: string | null };

/** The code stands in the clear in the event that paused it, where the lender gave one. */
const newest = {
  name: 'newest_paused_delivery',
  text: `SELECT d.session_id, d.last_attempt_at, (SELECT e.data ->> 'lenderCode' FROM events e
      WHERE e.workspace_id = d.workspace_id AND e.session_id = d.session_id AND e.type = 'delivery_paused'
      ORDER BY e.sequence DESC LIMIT 1) AS lender_code
    FROM deliveries d WHERE d.workspace_id = $1 AND d.status = 'PAUSED'
    ORDER BY d.last_attempt_at DESC NULLS LAST, d.session_id LIMIT 1`,
};

/** The delivery of a workspace that was paused last. */
export function readNewestPaused(tx: Tx, workspaceId: string): Promise<NewestPausedRow | undefined> {
  return tx.row<NewestPausedRow>(newest, [workspaceId]);
}
