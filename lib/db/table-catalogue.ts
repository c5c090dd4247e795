import type pg from 'pg';

/** A table as the server's catalogue has it. `columns` are those that hold a value of their own: a generated one follows from the others. */
export type Table = {
  name: string;
  columns: { name: string; type: string }[];
  /** Expressions that put the rows into one order on every server; empty for a table without a primary key. */
  orderedBy: string[];
};

/** Everything that holds rows or counts in our schema, whichever migration made it; what an extension brought along is not ours. */
export type Catalogue = {
  /** A table stands after every table that its foreign keys point to. */
  tables: Table[];
  sequences: string[];
};

const ours = `
  c.relnamespace = 'public'::regnamespace AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;

/** The condition under which a row `c` of pg_class is a table of ours. */
export const isOurTable = `c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${ours}`;

// Texts are put into the order of their bytes: every other order is the server's own, and may change with its next version.
const tablesText = `
  SELECT c.relname::text AS name,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum), '[]')
       FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
    (SELECT coalesce(jsonb_agg(quote_ident(a.attname) || CASE a.attcollation WHEN 0 THEN '' ELSE ' COLLATE "C"' END ORDER BY k.place), '[]')
       FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k(attnum, place), pg_attribute a
      WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.attnum) AS "orderedBy",
    (SELECT coalesce(jsonb_agg(DISTINCT t.relname), '[]') FROM pg_constraint f, pg_class t
      WHERE f.conrelid = c.oid AND f.contype = 'f' AND t.oid = f.confrelid AND t.oid <> c.oid) AS "pointsTo"
  FROM pg_class c WHERE ${isOurTable} ORDER BY c.relname COLLATE "C"`;

const sequencesText = `SELECT c.relname::text AS name FROM pg_class c WHERE c.relkind = 'S' AND ${ours} ORDER BY c.relname COLLATE "C"`;

export async function readCatalogue(client: pg.Client): Promise<Catalogue> {
  const tables = await client.query<Table & { pointsTo: string[] }>(tablesText);
  const sequences = await client.query<{ name: string }>(sequencesText);
  return { tables: inOrderOfKeys(tables.rows), sequences: sequences.rows.map(({ name }) => name) };
}

function inOrderOfKeys(tables: (Table & { pointsTo: string[] })[]): Table[] {
  const placed = new Set<string>();
  const ordered: Table[] = [];
  while (ordered.length < tables.length) {
    const next = tables.filter(
      ({ name, pointsTo }) => !placed.has(name) && pointsTo.every((table) => placed.has(table)),
    );
    if (next.length === 0) {
      const left = tables.filter(({ name }) => !placed.has(name)).map(({ name }) => name);
      throw new Error(`the foreign keys of these tables form a circle, so no order can load them: ${left.join(', ')}`);
    }
    for (const { name, columns, orderedBy } of next) {
      placed.add(name);
      ordered.push({ name, columns, orderedBy });
    }
  }
  return ordered;
}
