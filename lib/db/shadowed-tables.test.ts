import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptedSession } from '#lib/testing/journey.ts';
import { rowsOf, signedSession } from '#lib/testing/keeping.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';

/**
 * PostgreSQL looks for a table in the session's own temporary schema first, unless a function says otherwise. Whoever may speak SQL may
 * make temporary tables: none of them may stand in for one of ours where a law is decided.
 */

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
  // As on every server that is not ours alone.
  await portal.asOwner(
    'DO $$ BEGIN EXECUTE format($s$GRANT TEMPORARY ON DATABASE %I TO PUBLIC$s$, current_database()); END $$',
  );
});
afterAll(() => portal.end());

/** Statements of one transaction of the portal's own login, as that role; gives what was said against it. */
async function as(role: string, statements: readonly string[]): Promise<string> {
  // A connection of its own: one that has made plans before may keep to the tables that it knows.
  const client = new pg.Client({ connectionString: portal.databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    const place = "SELECT set_config('role', $1, true), set_config('aceite.workspace', $2, true)";
    await client.query(place, [role, portal.merchant.workspaceId]);
    for (const sql of statements) await client.query(sql);
    await client.query('COMMIT');
    return 'nothing was said against it';
  } catch (error) {
    await client.query('ROLLBACK');
    return (error as Error).message;
  } finally {
    await client.end();
  }
}

/** Temporary tables in place of these, open to everybody. */
async function shadowsOf(...tables: string[]): Promise<string[]> {
  const columns = await portal.asOwner<{ name: string; list: string }>(
    `SELECT attrelid::regclass::text AS name, string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum) AS list
     FROM pg_attribute WHERE attrelid = ANY ($1::regclass[]) AND attnum > 0 AND NOT attisdropped GROUP BY attrelid`,
    [tables],
  );
  return columns.flatMap(({ name, list }) => [
    `CREATE TEMPORARY TABLE ${name} (${list}) ON COMMIT DROP`,
    `GRANT ALL ON pg_temp.${name} TO PUBLIC`,
  ]);
}

test('nobody erases a signed session before its date with tables that pretend that it is due', async () => {
  const id = await signedSession(portal);
  const whole = await rowsOf(portal, id);
  const said = await as('aceite_retention', [
    // Compiled with the true types, the function goes on with the false rows.
    `SELECT erase_session('${id}', NULL)`,
    ...(await shadowsOf('signing_sessions', 'legal_holds', 'tombstones', 'events')),
    `INSERT INTO pg_temp.signing_sessions (id, workspace_id, status, created_at, closed_at, keep_until)
     VALUES ('${id}', aceite_workspace(), 'EXPIRED', aceite_now() - interval '9 years', aceite_now() - interval '9 years', aceite_now() - interval '8 years')`,
    `SELECT erase_session('${id}', NULL)`,
  ]);
  expect(await rowsOf(portal, id), said).toBe(whole);
});

test('no event is kept from the log by a queue that pretends to take it', async () => {
  const { session } = await acceptedSession(portal);
  const said = await as('aceite_app', [
    ...(await shadowsOf('log_queue')),
    `INSERT INTO events (session_id, workspace_id, type, actor) VALUES ('${session.signingSessionId}', aceite_workspace(), 'expired', 'system')`,
  ]);
  const unqueued = await portal.asOwner(
    'SELECT type FROM events e WHERE NOT EXISTS (SELECT FROM log_queue q WHERE q.hash = e.hash)',
  );
  expect(unqueued, said).toEqual([]);
});

test('no event is put behind another one than the last', async () => {
  const { session } = await acceptedSession(portal);
  const id = session.signingSessionId;
  const said = await as('aceite_app', [
    ...(await shadowsOf('events')),
    `INSERT INTO pg_temp.events (session_id, sequence, hash, occurred_at) VALUES ('${id}', 90, sha256('another story'), aceite_now())`,
    `INSERT INTO public.events (session_id, workspace_id, type, actor) VALUES ('${id}', aceite_workspace(), 'expired', 'system')`,
  ]);
  const [count] = await portal.asOwner(
    'SELECT max(sequence) = count(*) AS "isWithoutGap" FROM events WHERE session_id = $1',
    [id],
  );
  expect(count, said).toEqual({ isWithoutGap: true });
});

test('every function of ours looks into the temporary schema last', async () => {
  // These two are looked through by the planner, and ask no table of the product.
  const functions = await portal.asOwner(
    `SELECT p.oid::regprocedure::text AS function FROM pg_proc p
     WHERE p.pronamespace = 'public'::regnamespace AND p.proname NOT IN ('aceite_now', 'aceite_workspace')
       AND NOT coalesce('search_path=pg_catalog, public, pg_temp' = ANY (p.proconfig), false) ORDER BY 1`,
  );
  expect(functions).toEqual([]);
});
