import type { Queryable } from './migrate.ts';

/** What the second wall stands on, as the portal's own connection finds it. */
export type WallStanding = {
  login: string;
  hasRoles: boolean;
  /** Sees past every policy: a superuser, or a role with BYPASSRLS. */
  seesPast: boolean;
  ownsTables: boolean;
  /** The working roles that it may not take. */
  withoutRoles: string[];
};

export async function readWallStanding(database: Queryable): Promise<WallStanding> {
  const { rows } = await database.query(`
    SELECT current_user::text AS login, to_regrole('aceite_app') IS NOT NULL AS "hasRoles",
           l.rolsuper OR l.rolbypassrls AS "seesPast",
           EXISTS (SELECT FROM pg_class t WHERE t.oid = to_regclass('public.signing_sessions') AND t.relowner = l.oid) AS "ownsTables",
           ARRAY(SELECT r.rolname::text FROM pg_roles r WHERE r.rolname IN ('aceite_app', 'aceite_worker', 'aceite_retention')
             AND NOT pg_has_role(l.oid, r.oid, CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)
             ORDER BY 1) AS "withoutRoles"
      FROM pg_roles l WHERE l.rolname = current_user`);
  return rows[0] as WallStanding;
}

/** How many connections the portal's login may have on this database at once, and how many anybody has now. */
export type ConnectionRoom = { most: number; free: number };

export async function readConnectionRoom(database: Queryable): Promise<ConnectionRoom> {
  const { rows } = await database.query(`
    SELECT least(s.places, CASE WHEN d.datconnlimit >= 0 THEN d.datconnlimit END, CASE WHEN l.rolconnlimit >= 0 THEN l.rolconnlimit END)::int AS most,
           least(s.places - s.taken, CASE WHEN d.datconnlimit >= 0 THEN d.datconnlimit - s.here END,
             CASE WHEN l.rolconnlimit >= 0 THEN l.rolconnlimit - s.own END)::int AS free
      FROM pg_database d, pg_roles l, (
        SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS places,
               count(*) AS taken, count(*) FILTER (WHERE datname = current_database()) AS here,
               count(*) FILTER (WHERE usename = current_user) AS own
          FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND (backend_type = 'client backend' OR backend_type IS NULL AND datname IS NOT NULL)) s
     WHERE d.datname = current_database() AND l.rolname = current_user`);
  return rows[0] as ConnectionRoom;
}

/** Off on purpose where the file system itself never tears a page in a power cut. */
export async function writesFullPages(database: Queryable): Promise<boolean> {
  const { rows } = await database.query("SELECT current_setting('full_page_writes') = 'on' AS on");
  return (rows[0] as { on: boolean }).on;
}

/** The server's own time: the product's clock, less what a sandbox has put it forward by. */
export async function readServerTime(database: Queryable, isMovable: boolean): Promise<Date> {
  const moved = "SELECT aceite_now() - offset_ms * interval '1 millisecond' AS at FROM aceite_clock";
  const { rows } = await database.query(isMovable ? moved : 'SELECT aceite_now() AS at');
  return (rows[0] as { at: Date }).at;
}
