import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptedSession, createdSession, deliverToRest, draftedSession, once } from '#lib/testing/journey.ts';
import { rejectedSession, standAfterDate, unreadSession } from '#lib/testing/keeping.ts';
import { logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { reencode } from '#lib/testing/reencodes.ts';
import { endpointAt, queuedTest, sendDue } from '#lib/testing/webhook-receiver.ts';

/** The second wall: what row-level security shows and takes, whatever the code above forgets. */

const roles = ['aceite_owner', 'aceite_app', 'aceite_worker', 'aceite_retention', 'aceite_login'] as const;
/** Without a workspace because they hold no row of one. */
const unscoped = [
  'aceite_clock',
  'backup_notes',
  'drill_runs',
  'lender_breakers',
  'log_checkpoints',
  'log_cosignatures',
  'log_entries',
  'log_head',
  'log_queue',
  'log_refusals',
  'log_stamp_queue',
  'log_stamp_rounds',
  'log_stamp_turns',
  'log_statements',
  'log_tiles',
  'log_time_stamps',
  'rate_limit_buckets',
  'retired_wrapping_keys',
  'schema_migrations',
  'staff_account',
  'staff_session',
  'staff_sign_in_failures',
  'staff_user',
  'staff_verification',
];

let portal: TestPortal;
let scoped: string[];

beforeAll(async () => {
  portal = await startTestPortal();
  const erased = await unreadSession(portal);
  await standAfterDate(portal, erased, 0);
  await portal.asOwner('SELECT erase_session($1, NULL)', [erased]);
  for (const proved of [true, false]) {
    const { session } = await acceptedSession(portal);
    await deliverToRest(portal, session.signingSessionId);
    if (proved) await logKeeper(portal).publish();
  }
  await reencode(portal, await rejectedSession(portal), { type: 'data-signature' }, 'left open');
  await draftedSession(portal);
  await createdSession(portal, {}, once('a-key'));
  await portal.asOwner(`INSERT INTO staff_user ("id", "name", "email", "createdAt", "updatedAt")
    VALUES ('staff-1', 'Equipe', 'equipe@exemplo.com.br', aceite_now(), aceite_now())`);
  const workspace = [portal.merchant.workspaceId];
  await portal.asOwner(
    `INSERT INTO staff_members (user_id, workspace_id, role) VALUES ('staff-1', $1, 'viewer')`,
    workspace,
  );
  await portal.asOwner(
    `INSERT INTO staff_accesses (session_id, workspace_id, user_id, what)
     SELECT id, $1, 'staff-1', 'session' FROM signing_sessions LIMIT 1`,
    workspace,
  );
  await portal.asOwner(
    `INSERT INTO delivery_attempts (id, session_id, workspace_id, kind, fence, counted, started_at, ended_at, outcome, reason)
     SELECT gen_random_uuid(), session_id, $1, 'submit', 1, true, aceite_now(), aceite_now(), 'delivered', 'x' FROM deliveries`,
    workspace,
  );
  await portal.asOwner(
    `INSERT INTO file_accesses (session_id, workspace_id, actor, what, day, first_at, last_at)
     SELECT id, $1, 'link_holder', 'document', (aceite_now() AT TIME ZONE 'UTC')::date, aceite_now(), aceite_now() FROM signing_sessions LIMIT 1`,
    workspace,
  );
  await portal.asOwner(
    `INSERT INTO legal_holds (id, session_id, workspace_id, placed_by, reason_sealed)
     SELECT gen_random_uuid(), session_id, $1, 'staff-1', 'x' FROM deliveries`,
    workspace,
  );
  await portal.asOwner(
    `INSERT INTO erasure_requests (id, workspace_id, subject_digest, asked_by, recorded_by, due_at)
     VALUES (gen_random_uuid(), $1, sha256('x'), 'data_subject', 'staff-1', aceite_now() + interval '15 days')`,
    workspace,
  );
  await portal.asOwner(
    `WITH run AS (INSERT INTO drill_runs (id) VALUES (gen_random_uuid()) RETURNING id)
     INSERT INTO drill_failures (run_id, session_id, workspace_id, verdict, checks) SELECT run.id, session_id, $1, 'TAMPERED', '{chain}' FROM run, deliveries`,
    workspace,
  );
  await fillBesides(workspace);
  const tables = await portal.asOwner<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`,
  );
  scoped = tables.map(({ name }) => name).filter((name) => !unscoped.includes(name));
});
afterAll(() => portal.end());

/** A row in each table of what stands beside the sessions: the lender's own words and settings, webhooks, requests. */
async function fillBesides(workspace: string[]): Promise<void> {
  await portal.asOwner(
    `WITH notice AS (INSERT INTO lender_notices (id, session_id, workspace_id, webhook_type, state)
       SELECT gen_random_uuid(), session_id, $1, 'debt', 'signed' FROM deliveries RETURNING id, session_id)
     INSERT INTO lender_notice_work (notice_id, session_id, workspace_id) SELECT id, session_id, $1 FROM notice`,
    workspace,
  );
  await portal.asOwner(
    `INSERT INTO lender_credentials (workspace_id, integration_mark, wrapping_key_id, wrapped_key, settings_sealed, host)
     VALUES ($1, sha256('x'), 'k1', 'x', 'x', 'lender.example')`,
    workspace,
  );
  const { endpointId } = await endpointAt(portal, 'http://127.0.0.1:9/');
  await queuedTest(portal, endpointId);
  await sendDue(portal.ctx);
  await portal.asOwner(
    `INSERT INTO api_requests (workspace_id, request_id, api_key_id, answered_at, duration_ms, method, path, status, faults, has_idempotency_key)
     SELECT $1, 'req_1', id, aceite_now(), 1, 'GET', '/api/v1/signing', 200, '[]', false FROM api_keys LIMIT 1`,
    workspace,
  );
}

const workspaceColumn = (table: string) => (table === 'workspaces' ? 'id' : 'workspace_id');

/** One statement as that role in that workspace, taken back afterwards. */
async function as<Row>(role: string, workspaceId: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  if (role === 'aceite_owner') return portal.asOwner<Row>(sql, values, workspaceId);
  const client = await portal.ctx.db.pool.connect();
  try {
    const place = "SELECT set_config('role', $1, true), set_config('aceite.workspace', $2, true)";
    await client.query('BEGIN');
    await client.query(place, [role === 'aceite_login' ? 'none' : role, workspaceId]);
    return (await client.query(sql, values)).rows;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/** The tables of which a role sees rows in that workspace, other than that workspace's own. */
async function leaksTo(role: string, workspaceId: string): Promise<string[]> {
  const leaks: string[] = [];
  for (const table of scoped) {
    const sql = `SELECT count(*)::int AS n FROM ${table} WHERE ${workspaceColumn(table)}::text <> $1`;
    const rows = await as<{ n: number }>(role, workspaceId, sql, [workspaceId]).catch((error: Error) => {
      if (/permission denied/.test(error.message)) return [];
      throw error;
    });
    if ((rows[0]?.n ?? 0) > 0) leaks.push(`${table}: ${rows[0]?.n} rows`);
  }
  return leaks;
}

test('every table has the wall, and a row in it that the other workspace must not see', async () => {
  const walls = await portal.asOwner<{ name: string; is_forced: boolean; has_column: boolean }>(
    `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS is_forced, EXISTS (SELECT FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attname = CASE c.relname WHEN 'workspaces' THEN 'id' ELSE 'workspace_id' END) AS has_column
     FROM pg_class c WHERE c.relname = ANY($1)`,
    [scoped],
  );
  expect(walls.filter((wall) => !wall.is_forced || !wall.has_column)).toEqual([]);
  const counts = await Promise.all(
    scoped.map(async (table) => [table, (await portal.asOwner(`SELECT FROM ${table}`)).length] as const),
  );
  expect(counts.filter(([, rows]) => rows === 0)).toEqual([]);
});

describe.each(roles)('as %s', (role) => {
  test('without a workspace no row of any table is visible', async () => {
    expect(await leaksTo(role, '')).toEqual([]);
  });

  test('with another workspace none of ours is', async () => {
    expect(await leaksTo(role, portal.stranger.workspaceId)).toEqual([]);
  });

  test('a row for another workspace is refused in every table', async () => {
    const taken: string[] = [];
    for (const table of scoped) {
      const [row] = await portal.asOwner<{ row: Record<string, unknown> }>(`SELECT to_jsonb(t) AS row FROM ${table} t`);
      const foreign = { ...row?.row, [workspaceColumn(table)]: crypto.randomUUID() };
      const insert = `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_record(NULL::${table}, $1)`;
      const outcome = await as(role, portal.merchant.workspaceId, insert, [foreign]).then(
        () => 'inserted',
        (error: Error) => error.message,
      );
      if (!/row-level security|permission denied/.test(outcome)) taken.push(`${table}: ${outcome}`);
    }
    expect(taken).toEqual([]);
  });
});

test('a row cannot be moved to another workspace', async () => {
  const { merchant, stranger } = portal;
  const move = as('aceite_app', merchant.workspaceId, 'UPDATE api_keys SET workspace_id = $1', [stranger.workspaceId]);
  await expect(move).rejects.toThrow(/row-level security/);
});

test('a workspace that is not a uuid never reaches the server', async () => {
  for (const workspaceId of ['', "x', true); DROP TABLE events; --", portal.merchant.workspaceId.toUpperCase()]) {
    const opened = portal.ctx.db.transaction({ role: 'aceite_app', workspaceId }, async () => 'opened');
    await expect(opened).rejects.toThrow('a transaction needs the id of a workspace');
  }
});

test('role and workspace end with their transaction, committed or not', async () => {
  const standing =
    "SELECT current_user::text AS who, coalesce(current_setting('aceite.workspace', true), '') AS workspace";
  const { workspaceId } = portal.merchant;
  const inside = await portal.ctx.db.transaction({ role: 'aceite_worker', workspaceId }, (tx) =>
    tx.row({ name: 'standing', text: standing }, []),
  );
  expect(inside).toEqual({ who: 'aceite_worker', workspace: workspaceId });
  await portal.ctx.db
    .transaction({ role: 'aceite_app', workspaceId }, () => Promise.reject(new Error('taken back')))
    .catch(() => undefined);
  const connections = await Promise.all(Array.from({ length: 16 }, () => portal.ctx.db.pool.query(standing)));
  const standings = new Set(connections.map(({ rows }) => JSON.stringify(rows[0])));
  expect([...standings]).toEqual([JSON.stringify({ who: 'aceite_login', workspace: '' })]);
});
