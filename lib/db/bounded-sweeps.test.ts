import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { endpointAt } from '#lib/testing/webhook-receiver.ts';

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

/** What a sweep removes, and how many rows of the table it reads for that; all of it taken back. */
async function sweep(call: string, table: string): Promise<{ gone: number; read: number }> {
  await owner.query(`ANALYZE ${table}`);
  await owner.query('BEGIN');
  const before = await rowsRead(table);
  const { rows } = await owner.query<{ gone: number }>(`SELECT ${call} AS gone`);
  const read = (await rowsRead(table)) - before;
  await owner.query('ROLLBACK');
  return { gone: rows[0]?.gone ?? 0, read };
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
  const { gone, read } = await sweep('prune_idempotency_keys(1000)', 'idempotency_keys');
  expect(gone).toBe(old);
  expect(read).toBeLessThanOrEqual(4 * old);
});

test('to forget the messages of last month nobody reads those of this month', async () => {
  const { endpointId } = await endpointAt(portal, 'http://127.0.0.1:9/webhooks');
  await insertMessages(endpointId, old);
  await portal.advanceClock(30 * dayMs + 1_000);
  await insertMessages(endpointId, young);
  const { gone, read } = await sweep('prune_webhooks(1000)', 'webhook_events');
  expect(gone).toBe(old);
  expect(read).toBeLessThanOrEqual(4 * old);
});

test('what was told to an endpoint before it was switched off is not read again with every sweep', async () => {
  const { endpointId } = await endpointAt(portal, 'http://127.0.0.1:9/webhooks');
  await insertMessages(endpointId, young);
  await portal.asOwner(
    "UPDATE webhook_endpoints SET state = 'disabled', disabled_reason = 'by_person', disabled_at = aceite_now() WHERE id = $1",
    [endpointId],
  );
  expect((await sweep('prune_webhooks(0)', 'webhook_deliveries')).read).toBe(0);
});
