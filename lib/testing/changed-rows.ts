import type pg from 'pg';

/** How an owner could change one column of one row: words for people, and the SQL. */
export type Change = { what: string; sql: string };

export type Column = { table: string; column: string; type: string; isNullable: boolean };

/** Every column that holds a value of its own, from the database itself. */
export async function listColumns(client: pg.Client): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT table_name::text AS table, column_name::text AS column, data_type::text AS type, is_nullable = 'YES' AS "isNullable"
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position`,
  );
  return rows;
}

/** Inside an open transaction: takes away every law of the tables that an owner can take away. */
export async function dropLaws(client: pg.Client): Promise<void> {
  await client.query(`DO $$
    DECLARE law record;
    BEGIN
      FOR law IN SELECT c.conrelid::regclass AS of, c.conname AS name FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
        WHERE c.contype IN ('c', 'f', 'u', 'p') AND t.relnamespace = 'public'::regnamespace ORDER BY c.contype <> 'f' LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', law.of, law.name);
      END LOOP;
      FOR law IN SELECT oid::regclass AS of FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY', law.of);
      END LOOP;
    END $$`);
}

const otherValues: Record<string, (column: string) => string[]> = {
  uuid: () => ['gen_random_uuid()'],
  text: (column) => [`${column} || 'x'`],
  integer: (column) => [`${column} + 1`],
  bigint: (column) => [`${column} + 1`],
  boolean: (column) => [`NOT ${column}`],
  jsonb: (column) => [`${column} || '{"added": 1}'`],
  date: (column) => [`${column} + 1`],
  ARRAY: (column) => [`${column} || '{x}'`],
  bytea: (column) => [`set_byte(${column}, length(${column}) / 2, get_byte(${column}, length(${column}) / 2) # 1)`],
  'timestamp with time zone': (column) => [`${column} + interval '1 day'`, `${column} - interval '1 day'`],
};

const firstValues: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  text: "'x'",
  integer: '7',
  jsonb: "'{}'",
  date: "'2031-05-06'",
  bytea: "sha256('x')",
  'timestamp with time zone': 'aceite_now()',
};

/** Another value, no value, and a value where there was none: each on one row in the middle of those that `which` lets be changed. */
export function changesOf({ table, column, type, isNullable }: Column, which: string): Change[] {
  const name = `"${column}"`;
  const others = otherValues[type];
  if (!others) throw new Error(`no other value is known for ${table}.${column}, which is ${type}`);
  const one = (is: string) => {
    const from = `FROM ${table} t WHERE ${which} AND t.${name} IS ${is}`;
    return `ctid = (SELECT ctid ${from} ORDER BY ctid LIMIT 1 OFFSET (SELECT count(*) / 2 ${from}))`;
  };
  const set = (what: string, value: string, is: string): Change => ({
    what: `${table}.${column} ${what}`,
    sql: `UPDATE ${table} SET ${name} = ${value} WHERE ${one(is)}`,
  });
  return [
    ...others(name).map((value) => set(`= ${value}`, value, 'NOT NULL')),
    ...(isNullable ? [set('= NULL', 'NULL', 'NOT NULL')] : []),
    ...(isNullable && firstValues[type]
      ? [set(`= ${firstValues[type]} where it was NULL`, firstValues[type], 'NULL')]
      : []),
  ];
}
