import pg from 'pg';

/** Bytes that a thief of the database or of a backup reads, and where they lie. */
export type DumpPart = { place: string; bytes: Buffer };

/**
 * Everything in every table of a test database, read by its owner with the second wall set aside for good: each value by itself, binary
 * ones as the bytes that they are, and then each row again as `COPY … TO STDOUT` writes it.
 */
export async function dumpDatabase(ownerUrl: string): Promise<DumpPart[]> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const parts: DumpPart[] = [];
    for (const table of await tablesOf(client)) {
      await client.query(`ALTER TABLE ${table.name} NO FORCE ROW LEVEL SECURITY`);
      parts.push(...(await cellsOf(client, table)), ...(await copiedRows(client, table.name)));
    }
    return parts;
  } finally {
    await client.end();
  }
}

type Table = { name: string; columns: { name: string; isBinary: boolean }[] };

async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `SELECT c.oid::regclass::text AS name,
       json_agg(json_build_object('name', quote_ident(a.attname), 'isBinary', a.atttypid = 'bytea'::regtype)) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'p', 'm') AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
       AND c.relnamespace::regnamespace::text NOT LIKE 'pg\\_%' GROUP BY c.oid ORDER BY 1`,
  );
  return rows;
}

async function cellsOf(client: pg.Client, { name, columns }: Table): Promise<DumpPart[]> {
  const given = columns.map((column) => (column.isBinary ? column.name : `${column.name}::text`));
  const { rows } = await client.query<unknown[]>({
    text: `SELECT ${given.join(', ')} FROM ${name}`,
    rowMode: 'array',
  });
  return rows.flatMap((row) =>
    row.flatMap((value, index) => {
      if (value === null) return [];
      const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value));
      return [{ place: `${name}.${columns[index]?.name}`, bytes }];
    }),
  );
}

async function copiedRows(client: pg.Client, table: string): Promise<DumpPart[]> {
  const copy = new CopyOut(`COPY ${table} TO STDOUT`);
  const ended = new Promise((resolve, reject) => copy.on('end', resolve).on('error', reject));
  client.query(copy);
  await ended;
  return copy.rows.map((bytes) => ({ place: `${table} as COPY writes it`, bytes }));
}

/** The driver knows the messages of COPY and throws their content away; here it is kept. */
class CopyOut extends pg.Query {
  readonly rows: Buffer[] = [];

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.rows.push(Buffer.from(chunk));
  }
}
