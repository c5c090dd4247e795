import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { breakerRules } from '#lib/domain/circuit-breaker.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { endpointAt } from '#lib/testing/webhook-receiver.ts';
import { noteLenderCalls } from './lender-breakers.ts';

let portal: TestPortal;
let owner: pg.Client;
beforeAll(async () => {
  portal = await startTestPortal();
  owner = new pg.Client({ connectionString: portal.ownerUrl });
  await owner.connect();
  await owner.query("SELECT set_config('aceite.workspace', $1, false)", [portal.merchant.workspaceId]);
});
afterAll(async () => {
  await owner.end();
  await portal.end();
});

const dayMs = 86_400_000;
const [old, young] = [5, 3_000];

/** What a call does, and how many rows of the table it reads for that; all of it taken back. */
async function measured(call: string, table: string): Promise<{ done: number; read: number }> {
  await owner.query(`ANALYZE ${table}`);
  await owner.query('BEGIN');
  const before = await rowsRead(table);
  const { rows } = await owner.query<{ done: number }>(`SELECT ${call} AS done`);
  const read = (await rowsRead(table)) - before;
  await owner.query('ROLLBACK');
  return { done: rows[0]?.done ?? 0, read };
}

/** By this connection so far, as far as the server has not put it to the figures of all. */
async function rowsRead(table: string): Promise<number> {
  const { rows } = await owner.query<{ read: number }>(
    'SELECT (seq_tup_read + idx_tup_fetch)::integer AS read FROM pg_stat_xact_user_tables WHERE relname = $1',
    [table],
  );
  return rows[0]?.read ?? 0;
}

async function insertKeys(howMany: number): Promise<void> {
  await owner.query(
    `INSERT INTO idempotency_keys (workspace_id, key, fingerprint)
     SELECT $1, gen_random_uuid()::text, sha256('x') FROM generate_series(1, $2::integer)`,
    [portal.merchant.workspaceId, howMany],
  );
}

/** Messages for one endpoint, all at rest. */
async function insertMessages(endpointId: string, howMany: number): Promise<void> {
  await owner.query(
    `WITH told AS (
       INSERT INTO webhook_events (workspace_id, type, occurred_at, body)
         SELECT $1, 'webhook.test', aceite_now(), '{}' FROM generate_series(1, $3::integer) RETURNING id)
     INSERT INTO webhook_deliveries (endpoint_id, event_id, workspace_id, status, next_attempt_at, delivered_at)
       SELECT $2, id, $1, 'DELIVERED', NULL, aceite_now() FROM told`,
    [portal.merchant.workspaceId, endpointId, howMany],
  );
}

test('to forget the idempotency keys of yesterday nobody reads those of today', async () => {
  await insertKeys(old);
  await portal.advanceClock(dayMs + 1_000);
  await insertKeys(young);
  const { done, read } = await measured('prune_idempotency_keys(1000)', 'idempotency_keys');
  expect(done).toBe(old);
  expect(read).toBeLessThanOrEqual(4 * old);
});

test('to forget the messages of last month nobody reads those of this month', async () => {
  const { endpointId } = await endpointAt(portal, 'http://127.0.0.1:9/webhooks');
  await insertMessages(endpointId, old);
  await portal.advanceClock(30 * dayMs + 1_000);
  await insertMessages(endpointId, young);
  const { done, read } = await measured('prune_webhooks(1000)', 'webhook_events');
  expect(done).toBe(old);
  expect(read).toBeLessThanOrEqual(4 * old);
});

test('what was told to an endpoint before it was switched off is not read again with every sweep', async () => {
  const { endpointId } = await endpointAt(portal, 'http://127.0.0.1:9/webhooks');
  await insertMessages(endpointId, young);
  await portal.asOwner(
    "UPDATE webhook_endpoints SET state = 'disabled', disabled_reason = 'by_person', disabled_at = aceite_now() WHERE id = $1",
    [endpointId],
  );
  expect((await measured('prune_webhooks(0)', 'webhook_deliveries')).read).toBe(0);
});

/** Deliveries that are due, of no session: their rows alone are looked at. */
async function insertDue(howMany: number): Promise<void> {
  const { rows: bonds } = await owner.query<{ drop: string }>(
    `SELECT format('ALTER TABLE deliveries DROP CONSTRAINT %I', conname) AS drop FROM pg_constraint
       WHERE conrelid = 'deliveries'::regclass AND contype = 'f' AND confrelid = 'signing_sessions'::regclass
     UNION ALL SELECT format('ALTER TABLE deliveries DISABLE TRIGGER %I', tgname) FROM pg_trigger
       WHERE tgrelid = 'deliveries'::regclass AND NOT tgisinternal`,
  );
  for (const { drop } of bonds) await owner.query(drop);
  await owner.query(
    `INSERT INTO deliveries (session_id, workspace_id, debt_key, body_sealed, body_sha256)
     SELECT gen_random_uuid(), $1, gen_random_uuid()::text, 'x', sha256('x') FROM generate_series(1, $2::integer)`,
    [portal.merchant.workspaceId, howMany],
  );
}

test('while a lender rests nobody reads what waits for it, and another lender gets what is its own', async () => {
  const { host } = portal.ctx.lender;
  const claim = `count(*)::integer FROM claim_delivery(45000, '${host}', ${breakerRules.waitMs}, ${breakerRules.probeMs})`;
  await insertDue(young);
  await noteLenderCalls(portal.ctx.db, { host, failed: Array(breakerRules.windowCalls).fill(true), isProbe: false });
  const resting = await measured(`(SELECT ${claim})`, 'deliveries');
  expect(resting).toEqual({ done: 0, read: 0 });
  const otherHost = `${randomUUID()}.example`;
  const elsewhere = await measured(`(SELECT ${claim.replace(host, otherHost)})`, 'deliveries');
  expect(elsewhere.done).toBe(1);
  expect(elsewhere.read).toBeLessThanOrEqual(4);
});
