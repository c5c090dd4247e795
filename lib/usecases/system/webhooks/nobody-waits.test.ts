import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockEndpoint } from '#lib/db/webhook-endpoints.ts';
import { endpointsMax, workspaceAttemptsAtOnce } from '#lib/domain/webhook-limits.ts';
import { createdSession } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import {
  endpointAt,
  queuedTest,
  sendDue,
  startWebhookReceiver,
  type WebhookReceiver,
} from '#lib/testing/webhook-receiver.ts';
import { disableEndpoint } from './change-endpoint.ts';
import { claimWebhook } from './deliver-webhook.ts';
import { listEndpoints } from './list-endpoints.ts';
import { pruneWebhooks } from './prune-webhooks.ts';

let portal: TestPortal;
let receiver: WebhookReceiver;
beforeAll(async () => {
  portal = await startTestPortal();
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await portal.end();
  await receiver.stop();
});

const reasonsOf = (endpointId: string, workspaceId?: string) =>
  portal.asOwner(
    'SELECT status, reason FROM webhook_deliveries WHERE endpoint_id = $1 ORDER BY created_at, event_id',
    [endpointId],
    workspaceId,
  );

test('a session is created while a worker that has stopped holds the endpoint that would hear of it', async () => {
  const { endpointId } = await endpointAt(portal, receiver.url);
  const { workspaceId } = portal.merchant;
  const held = { role: 'aceite_worker', workspaceId } as const;
  await portal.ctx.db.transaction(held, async (tx) => {
    await lockEndpoint(tx, workspaceId, endpointId);
    await createdSession(portal);
  });
  await sendDue(portal.ctx);
  expect(await reasonsOf(endpointId)).toEqual([{ status: 'DELIVERED', reason: 'http_204' }]);
});

test('a message whose secret no longer opens fails like any other, and goes by its schedule', async () => {
  const { endpointId } = await endpointAt(portal, receiver.url);
  await portal.asOwner("UPDATE webhook_endpoints SET secret_sealed = 'x' WHERE id = $1", [endpointId]);
  await queuedTest(portal, endpointId);
  expect(await sendDue(portal.ctx)).toEqual([{ endpointId, reason: 'secret_unreadable' }]);
  expect(await sendDue(portal.ctx)).toEqual([]);
  expect(await reasonsOf(endpointId)).toEqual([{ status: 'PENDING', reason: 'secret_unreadable' }]);
});

test('what was queued at the moment in which its endpoint was switched off rests', async () => {
  const { endpointId } = await endpointAt(portal, receiver.url);
  await portal.asOwner(
    "UPDATE webhook_endpoints SET state = 'disabled', disabled_reason = 'by_person', disabled_at = aceite_now() WHERE id = $1",
    [endpointId],
  );
  await queuedTestOf(endpointId);
  expect(await reasonsOf(endpointId)).toEqual([{ status: 'PENDING', reason: null }]);
  await pruneWebhooks(portal.ctx);
  expect(await reasonsOf(endpointId)).toEqual([{ status: 'FAILED', reason: 'endpoint_disabled' }]);
});

test('a workspace with many endpoints takes no more than room for each of them, even if it makes them anew again and again', async () => {
  const { workspaceId } = portal.merchant;
  for (const { endpointId } of await listEndpoints(portal.ctx, workspaceId))
    await disableEndpoint(portal.ctx, workspaceId, endpointId);
  const claimed = async (endpoints: number) => {
    const made = [];
    for (let count = 0; count < endpoints; count += 1) made.push(await endpointAt(portal, receiver.url));
    for (const { endpointId } of made) for (let count = 0; count < 5; count += 1) await queuedTest(portal, endpointId);
    let attempts = 0;
    while (await claimWebhook(portal.ctx)) attempts += 1;
    return { made, attempts };
  };
  const { made, attempts } = await claimed(endpointsMax);
  expect(attempts).toBe(workspaceAttemptsAtOnce);
  for (const { endpointId } of made.slice(0, 2)) await disableEndpoint(portal.ctx, workspaceId, endpointId);
  expect((await claimed(2)).attempts).toBe(0);
  const other = { ...portal, merchant: portal.stranger };
  const { endpointId } = await endpointAt(other, receiver.url);
  await queuedTest(other, endpointId);
  const theirs = await claimWebhook(portal.ctx);
  expect(await theirs?.()).toEqual({ endpointId, reason: 'http_204' });
  expect(await reasonsOf(endpointId, portal.stranger.workspaceId)).toEqual([
    { status: 'DELIVERED', reason: 'http_204' },
  ]);
});

/** As an event does that is committed while somebody else switches the endpoint off. */
async function queuedTestOf(endpointId: string): Promise<void> {
  const { workspaceId } = portal.merchant;
  await portal.asOwner(
    `WITH event AS (INSERT INTO webhook_events (id, workspace_id, type, occurred_at, body)
       VALUES (gen_random_uuid(), $1, 'webhook.test', aceite_now(), '{}') RETURNING id)
     INSERT INTO webhook_deliveries (endpoint_id, event_id, workspace_id) SELECT $2, id, $1 FROM event`,
    [workspaceId, endpointId],
  );
}
