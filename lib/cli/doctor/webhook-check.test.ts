import pg from 'pg';
import { beforeAll, expect, test, vi } from 'vitest';
import { aceiteJson, commandPlace } from '#lib/testing/command-line.ts';
import { doctor } from '#lib/testing/doctor.ts';

const place = commandPlace();

beforeAll(async () => {
  vi.stubEnv('ACEITE_DATA_DIR', place.dataDir);
  vi.stubEnv('DATABASE_URL', place.database.url);
  vi.stubEnv('PORT', '1');
  await aceiteJson('link');
});

/** What only days of failure would bring about. */
async function since(endpointId: unknown, change: string): Promise<void> {
  const owner = new pg.Client({ connectionString: place.database.url });
  await owner.connect();
  const workspace =
    "SELECT set_config('aceite.workspace', (SELECT workspace_id::text FROM find_workspaces() LIMIT 1), false)";
  await owner.query(workspace);
  const { rowCount } = await owner.query(`UPDATE webhook_endpoints SET ${change} WHERE id = $1`, [endpointId]);
  await owner.end();
  expect(rowCount).toBe(1);
}

test('endpoints that fail are named, one that its owner switched off is nobody’s fault', async () => {
  const told = async () => (await doctor()).of('webhooks');
  expect(await told()).toMatchObject({ status: 'ok', sentence: 'There is no webhook endpoint.' });
  const { endpointId } = await aceiteJson('webhook', 'create', '--url', 'http://127.0.0.1:9/');
  expect(await told()).toMatchObject({ status: 'ok', sentence: 'Webhook endpoints that are well: 1.' });
  await since(endpointId, 'failing_since = aceite_now()');
  const named = expect.stringContaining(String(endpointId));
  expect(await told()).toMatchObject({
    status: 'warning',
    sentence: named,
    whatToDo: [expect.stringMatching(/resend/)],
  });
  const lost = "failing_since = NULL, state = 'disabled', disabled_reason = 'gone', disabled_at = aceite_now()";
  await since(endpointId, lost);
  expect(await told()).toMatchObject({
    status: 'warning',
    sentence: named,
    whatToDo: [expect.stringMatching(/create/)],
  });
  await since(endpointId, "state = 'active', disabled_reason = NULL, disabled_at = NULL");
  await aceiteJson('webhook', 'disable', String(endpointId));
  expect(await told()).toMatchObject({ status: 'ok', sentence: 'There is no webhook endpoint.' });
});

test('one endpoint that fails hides none that was switched off for failing', async () => {
  const made = () => aceiteJson('webhook', 'create', '--url', 'http://127.0.0.1:9/');
  const [failing, lost] = [await made(), await made()];
  await since(failing.endpointId, 'failing_since = aceite_now()');
  await since(lost.endpointId, "state = 'disabled', disabled_reason = 'failing', disabled_at = aceite_now()");
  const { sentence, whatToDo } = (await doctor()).of('webhooks');
  expect(sentence).toContain(String(failing.endpointId));
  expect(sentence).toContain(String(lost.endpointId));
  expect(whatToDo).toEqual([expect.stringMatching(/resend/), expect.stringMatching(/create/)]);
});
