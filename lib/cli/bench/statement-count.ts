import { asAdmin } from './bench-cluster.ts';

/** Statements that the server ran: those that do something, and all with the frame of the transaction (BEGIN, COMMIT). */
export type StatementCount = { inside: number; withFrame: number };

/**
 * Counts what a database's server runs for others than the superuser while `work` is done, by pg_stat_statements. Undefined where the
 * server does not have it.
 */
export async function countStatements(
  place: { statisticsUrl: string; databaseUrl: string },
  work: () => Promise<void>,
): Promise<StatementCount | undefined> {
  const name = new URL(place.databaseUrl).pathname.slice(1);
  const isReset = await asAdmin(place.statisticsUrl, (admin) =>
    admin.query(`SELECT pg_stat_statements_reset(0, oid, 0) FROM pg_database WHERE datname = $1`, [name]),
  ).then(
    () => true,
    () => false,
  );
  await work();
  if (!isReset) return undefined;
  const { rows } = await asAdmin(place.statisticsUrl, (admin) =>
    admin.query<StatementCount>(
      `SELECT coalesce(sum(calls), 0)::integer AS "withFrame",
        coalesce(sum(calls) FILTER (WHERE query !~* '^\\s*(BEGIN|COMMIT|ROLLBACK)'), 0)::integer AS inside
      FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid JOIN pg_roles r ON r.oid = s.userid
      WHERE d.datname = $1 AND NOT r.rolsuper`,
      [name],
    ),
  );
  return rows[0];
}
