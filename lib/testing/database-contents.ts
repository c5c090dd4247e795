import pg from 'pg';

/** Runs `work` on a connection of its own. */
export async function inDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}

/** Every row of every table as Postgres prints it, by a way that shares nothing with the code under test. */
export function contentsOf(url: string): Promise<Record<string, unknown>> {
  return inDatabase(url, async (client) => {
    await client.query(
      "BEGIN; SELECT set_config('aceite.backup', 'on', true); SET LOCAL timezone = 'America/Sao_Paulo'",
    );
    const { rows } = await client.query(`SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`);
    const contents: Record<string, unknown> = {};
    for (const { name } of rows) {
      const sum = `SELECT count(*)::int AS rows, md5(string_agg(t::text, E'\\n' ORDER BY t::text)) AS hash FROM "${name}" t`;
      contents[name] = (await client.query(sum)).rows[0];
    }
    return contents;
  });
}

/** What stands beside the rows: shapes, laws, walls, rights and counters. */
export function lawsOf(url: string): Promise<unknown> {
  return inDatabase(url, async (client) => {
    const { rows } = await client.query(`
      SELECT format('%s column %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull) AS law
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
      UNION ALL SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT format('%s trigger %s %s', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT format('%s wall %s %s %s', oid::regclass, relrowsecurity, relforcerowsecurity, relacl) FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION ALL SELECT format('%s policy %s %s %s', tablename, policyname, roles, qual) FROM pg_policies
      UNION ALL SELECT format('%s %s %s', oid::regprocedure, proowner::regrole, proacl) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      UNION ALL SELECT format('%s counts %s', sequencename, last_value) FROM pg_sequences ORDER BY 1`);
    return rows.map(({ law }) => law);
  });
}
