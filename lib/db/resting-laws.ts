import pg from 'pg';
import { isOurTable } from './table-catalogue.ts';

type Trigger = { table: string; name: string; enabled: keyof typeof enablings };

/** How a trigger stood, as the catalogue says it, and how it is made to stand so again. */
const enablings = { O: 'ENABLE', A: 'ENABLE ALWAYS', R: 'ENABLE REPLICA' } as const;

const walledText = `
  SELECT c.relname::text AS name FROM pg_class c WHERE ${isOurTable} AND c.relforcerowsecurity ORDER BY 1`;
const triggersText = `
  SELECT c.relname::text AS table, t.tgname::text AS name, t.tgenabled AS enabled
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
   WHERE ${isOurTable} AND NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled <> 'D' ORDER BY 1, 2`;
// A row may come before the row of its own table that it points to.
const ownKeysText = `
  SELECT c.relname::text AS table, f.conname::text AS name
    FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
   WHERE ${isOurTable} AND f.contype = 'f' AND f.confrelid = f.conrelid AND NOT f.condeferrable ORDER BY 1, 2`;

/**
 * Lets the laws that judge new rows rest inside the open transaction, and gives what wakes them: rows of a backup have passed them once,
 * and are not to be chained, queued or refused a second time. Keys, uniqueness and checks never rest. If the transaction does not
 * commit, nothing ever rested.
 */
export async function restLaws(client: pg.Client): Promise<() => Promise<void>> {
  const walled = (await client.query<{ name: string }>(walledText)).rows;
  const triggers = (await client.query<Trigger>(triggersText)).rows;
  const ownKeys = (await client.query<Omit<Trigger, 'enabled'>>(ownKeysText)).rows;
  const alter = (table: string, change: string) => client.query(`ALTER TABLE public.${quoted(table)} ${change}`);

  for (const { name } of walled) await alter(name, 'NO FORCE ROW LEVEL SECURITY');
  for (const { table, name } of triggers) await alter(table, `DISABLE TRIGGER ${quoted(name)}`);
  for (const { table, name } of ownKeys)
    await alter(table, `ALTER CONSTRAINT ${quoted(name)} DEFERRABLE INITIALLY DEFERRED`);

  return async () => {
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    for (const { table, name } of ownKeys) await alter(table, `ALTER CONSTRAINT ${quoted(name)} NOT DEFERRABLE`);
    for (const { table, name, enabled } of triggers)
      await alter(table, `${enablings[enabled]} TRIGGER ${quoted(name)}`);
    for (const { name } of walled) await alter(name, 'FORCE ROW LEVEL SECURITY');
  };
}

const quoted = (name: string) => pg.escapeIdentifier(name);
