import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import type { SessionStatus } from '#lib/domain/session-state.ts';
import type { Tx } from './database.ts';

export type KeepingFactsRow = {
  status: SessionStatus;
  created_at: Date;
  closed_at: Date | null;
  /** The end that the database holds against everybody; null while the session is open. */
  keep_until: Date | null;
  erased_at: Date | null;
  final_due_date: string | null;
  delivery_status: DeliveryStatus | null;
  settled_at: Date | null;
  last_connection_at: Date | null;
  last_access_at: Date | null;
  is_held: boolean;
};

const read = {
  name: 'read_keeping_facts',
  text: `SELECT s.status, s.created_at, s.closed_at, s.keep_until, s.erased_at, to_char(s.final_due_date, 'YYYY-MM-DD') AS final_due_date,
      d.status AS delivery_status, CASE WHEN d.status IN ('DELIVERED', 'REJECTED') THEN coalesce(d.delivered_at, d.last_attempt_at) END AS settled_at,
      (SELECT max(e.occurred_at) FROM events e WHERE e.session_id = s.id AND e.actor = 'signer') AS last_connection_at,
      (SELECT max(a.occurred_at) FROM staff_accesses a WHERE a.session_id = s.id) AS last_access_at,
      EXISTS (SELECT FROM legal_holds h WHERE h.session_id = s.id AND h.lifted_at IS NULL) AS is_held
    FROM signing_sessions s LEFT JOIN deliveries d ON d.session_id = s.id WHERE s.workspace_id = $1 AND s.id = $2`,
};

/** What the terms of keeping are counted from. */
export function readKeepingFacts(tx: Tx, workspaceId: string, sessionId: string): Promise<KeepingFactsRow | undefined> {
  return tx.row<KeepingFactsRow>(read, [workspaceId, sessionId]);
}
