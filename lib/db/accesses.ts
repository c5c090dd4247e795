import type { CustodyCount } from '#lib/domain/custody.ts';
import type { StaffRole } from '#lib/domain/roles.ts';
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

export type AccessSum = {
  by: string;
  what: string;
  entries: number;
  count: number;
  first_at: Date;
  last_at: Date;
};

const sums = {
  name: 'sum_accesses',
  text: `SELECT 'staff' AS by, what, count(*)::integer AS entries, count(*)::integer AS count, min(occurred_at) AS first_at, max(occurred_at) AS last_at
    FROM staff_accesses WHERE workspace_id = $1 AND session_id = $2 AND occurred_at <= $3 GROUP BY what
    UNION ALL SELECT actor, what, count(*)::integer, sum(count)::integer, min(first_at), max(last_at)
    FROM file_accesses WHERE workspace_id = $1 AND session_id = $2 AND first_at <= $3 GROUP BY actor, what
    ORDER BY first_at, by, what`,
};

/** The accesses of a session that began until an instant, or all, by who and what. What came before never changes but for count and last time. */
export function sumAccesses(tx: Tx, { workspaceId, sessionId }: SessionPlace, until?: Date): Promise<AccessSum[]> {
  return tx.rows<AccessSum>(sums, [workspaceId, sessionId, until ?? 'infinity']);
}

export type AccessRow = {
  source: AccessPlace['source'];
  position: string;
  at: Date;
  session_id: string;
  actor: 'staff' | 'merchant' | 'signer' | 'link_holder';
  user_id: string | null;
  name: string | null;
  role: StaffRole | null;
  api_key_id: string | null;
  key_name: string | null;
  what: string;
  count: number;
  last_at: Date;
  request_id: string | null;
  reason_sealed: Buffer | null;
  /** With a reason, while the session's key is there. */
  wrapping_key_id: string | null;
  wrapped_key: Buffer | null;
};

/** A place in the list: positions of the two tables may be the same number. */
export type AccessPlace = { at: Date; source: 'staff' | 'file'; position: string };

export type AccessFilter = {
  sessionId?: string | undefined;
  /** Instants; the first is part of the list, the second is not. */
  from?: Date | undefined;
  to?: Date | undefined;
  before?: AccessPlace | undefined;
  limit: number;
};

/** Newest first; of each table at most as many as are asked for are read, in the order of an index. */
export function listAccessRows(tx: Tx, workspaceId: string, filter: AccessFilter): Promise<AccessRow[]> {
  const { sessionId, from, to, before, limit } = filter;
  const values = [workspaceId, sessionId ?? null, from ?? '-infinity', to ?? 'infinity', limit];
  const place = before ? [before.at, before.source, before.position] : ['infinity', 'staff', 0];
  return tx.rows<AccessRow>(sessionId === undefined ? ofWorkspace : ofSession, [...values, ...place]);
}

const ofWorkspace = { name: 'list_accesses', text: listText('$2::uuid IS NULL') };
const ofSession = { name: 'list_session_accesses', text: listText('a.session_id = $2') };

function listText(scope: string): string {
  const half = (source: AccessPlace['source'], time: string, columns: string) => `(
    SELECT '${source}' AS source, a.position, a.${time} AS at, a.session_id, a.what, a.request_id, ${columns} FROM ${source}_accesses a
    WHERE a.workspace_id = $1 AND ${scope} AND a.${time} >= $3 AND a.${time} < $4 AND a.${time} <= $6
      AND (a.${time}, '${source}', a.position) < ($6, $7, $8)
    ORDER BY a.${time} DESC, a.position DESC LIMIT $5)`;
  return `SELECT x.*, u.name, m.role, k.name AS key_name, s.wrapping_key_id, s.wrapped_key FROM (
      ${half('staff', 'occurred_at', "'staff' AS actor, a.user_id, NULL::uuid AS api_key_id, 1 AS count, a.occurred_at AS last_at, a.reason_sealed")}
      UNION ALL ${half('file', 'first_at', 'a.actor, NULL, a.api_key_id, a.count, a.last_at, NULL')}
      ORDER BY at DESC, source DESC, position DESC LIMIT $5) x
    LEFT JOIN staff_user u ON u.id = x.user_id
    LEFT JOIN staff_members m ON m.user_id = x.user_id AND m.workspace_id = $1 AND m.disabled_at IS NULL
    LEFT JOIN api_keys k ON k.id = x.api_key_id AND k.workspace_id = $1
    LEFT JOIN session_keys s ON s.session_id = x.session_id AND s.workspace_id = $1 AND x.reason_sealed IS NOT NULL
    ORDER BY x.at DESC, x.source DESC, x.position DESC`;
}
