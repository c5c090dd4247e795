import type { Tx } from '#lib/db/database.ts';
import { readKeepingFacts } from '#lib/db/keeping-facts.ts';
import { type Keeping, retentionOf } from '#lib/domain/retention.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';

/** The classes of what a session holds with their clocks, the decisive one first; undefined for an unknown session. */
export async function readKeeping(tx: Tx, { workspaceId, sessionId }: SessionPlace): Promise<Keeping[] | undefined> {
  const row = await readKeepingFacts(tx, workspaceId, sessionId);
  if (!row) return undefined;
  return retentionOf({
    status: row.status,
    closedAt: row.closed_at ?? undefined,
    finalDueDate: row.final_due_date ?? undefined,
    delivery: row.delivery_status ? { status: row.delivery_status, settledAt: row.settled_at ?? undefined } : undefined,
    lastConnectionAt: row.last_connection_at ?? undefined,
    lastStaffAccessAt: row.last_access_at ?? undefined,
    isHeld: row.is_held,
  });
}
