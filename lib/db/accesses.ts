import type { CustodyCount } from '#lib/domain/custody.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { Tx } from './database.ts';

/** The inventory of accesses: what staff did (staff_accesses) and what others took (file_accesses), read as one. */

const count = {
  name: 'count_accesses',
  text: `SELECT coalesce(m.role, 'former') AS role, CASE WHEN a.what = 'session' THEN 'opened' ELSE 'exported' END AS act, count(*)::integer AS count
    FROM staff_accesses a LEFT JOIN staff_members m ON m.user_id = a.user_id AND m.workspace_id = a.workspace_id
    WHERE a.workspace_id = $1 AND a.session_id = $2 AND a.occurred_at <= $3 AND a.what <> 'evidence' GROUP BY 1, 2
    UNION ALL SELECT f.actor, 'taken', count(*)::integer FROM file_accesses f
    WHERE f.workspace_id = $1 AND f.session_id = $2 AND f.first_at <= $3 GROUP BY 1
    ORDER BY 1, 2`,
};

/**
 * How often people of a role have opened a session or taken its evidence out until a moment, staff by the role that they have now. Who opens
 * a session may see its evidence on the same page, which is no second time.
 */
export function countAccesses(tx: Tx, { workspaceId, sessionId }: SessionPlace, until: Date): Promise<CustodyCount[]> {
  return tx.rows<CustodyCount>(count, [workspaceId, sessionId, until]);
}
