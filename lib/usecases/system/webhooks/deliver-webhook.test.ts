import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
import { resendWebhook, resendWebhooks } from './resend-webhooks.ts';

let portal: TestPortal;
let receiver: WebhookReceiver;
let endpointId: string;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
  ({ endpointId } = await endpointAt(portal, receiver.url));
});
afterEach(async () => {
  await disableEndpoint(portal.ctx, portal.merchant.workspaceId, endpointId);
  await receiver.stop();
});

const secondMs = 1_000;
const dayMs = 86_400_000;
const ids = (from = receiver) => from.received.map(({ message }) => message.eventId);

type Standing = { status: string; attempts: number; failures: number; reason: string | null; wait_ms: number | null };

/** How the deliveries of an endpoint stand, oldest first. */
function standings(of = endpointId): Promise<Standing[]> {
  return portal.asOwner<Standing>(
    `SELECT status, attempts, failures, reason, (extract(epoch FROM next_attempt_at - aceite_now()) * 1000)::float8 AS wait_ms
     FROM webhook_deliveries WHERE endpoint_id = $1 ORDER BY created_at, event_id`,
    [of],
  );
}

async function standing(): Promise<Standing> {
  const [one] = await standings();
  if (!one) throw new Error('nothing was queued');
  return one;
}

const queueTest = () => queuedTest(portal, endpointId);

/** Moves the clock to the moment at which the only message is due, and makes that attempt. */
async function nextAttempt(): Promise<Standing> {
  const { wait_ms } = await standing();
  if (wait_ms !== null && wait_ms > 0) await portal.advanceClock(Math.ceil(wait_ms));
  await sendDue(portal.ctx);
  return standing();
}

async function endpoint() {
  const all = await listEndpoints(portal.ctx, portal.merchant.workspaceId);
  return all.find((one) => one.endpointId === endpointId);
}

test('a message that is refused goes out again on the schedule, the same bytes under the same id, and rests after ten attempts', async () => {
  receiver.answer = (response) => void response.writeHead(500).end('Traceback: maria@exemplo.com.br');
  await queueTest();
  const waits: number[] = [];
  for (let last = await nextAttempt(); ; last = await nextAttempt()) {
    if (last.wait_ms === null) break;
    waits.push(last.wait_ms / secondMs);
  }
  const schedule = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
  expect(waits).toHaveLength(schedule.length);
  for (const [at, wait] of waits.entries()) {
    expect(wait).toBeLessThanOrEqual((schedule[at] ?? 0) * 1.1);
    expect(wait).toBeGreaterThan((schedule[at] ?? 0) * 0.9 - 2);
  }
  expect(await standing()).toMatchObject({ status: 'FAILED', attempts: 10, reason: 'http_500' });
  expect(receiver.received).toHaveLength(10);
  expect(new Set(receiver.received.map(({ body }) => body.toString('hex'))).size).toBe(1);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(await sendDue(portal.ctx)).toEqual([]);
  const kept = await portal.asOwner('SELECT outcome, http_status, reply FROM webhook_attempts WHERE endpoint_id = $1', [
    endpointId,
  ]);
  expect(kept).toEqual(kept.map(() => ({ outcome: 'http_500', http_status: 500, reply: 'Traceback: [e-mail]' })));
});

describe('an endpoint', () => {
  test('that answers 410 is switched off at once, and what waits for it rests', async () => {
    receiver.answer = (response) => void response.writeHead(410).end();
    await queueTest();
    await queueTest();
    expect(await sendDue(portal.ctx)).toEqual([{ endpointId, reason: 'http_410', disabled: 'gone' }]);
    expect(await standings()).toMatchObject([{ status: 'FAILED' }, { status: 'FAILED', reason: 'endpoint_disabled' }]);
    expect(await endpoint()).toMatchObject({ state: 'disabled', disabledReason: 'gone', waiting: 0 });
    await createdSession(portal);
    expect(await standings()).toHaveLength(2);
  });

  test('that answers 410 to several messages at once is switched off once, and nobody waits for ever', async () => {
    receiver.answer = (response) => void response.writeHead(410).end();
    for (let count = 0; count < 4; count += 1) await queueTest();
    const attempts = [];
    for (let attempt = await claimWebhook(portal.ctx); attempt; attempt = await claimWebhook(portal.ctx))
      attempts.push(attempt);
    const outcomes = await Promise.all(attempts.map((attempt) => attempt()));
    expect(outcomes.filter((outcome) => outcome?.disabled)).toHaveLength(1);
    expect((await standings()).map(({ status }) => status)).toEqual(['FAILED', 'FAILED', 'FAILED', 'FAILED']);
  });

  test('that answers nothing but failures is switched off after five days, and not while it answers now and then', async () => {
    receiver.answer = (response) => void response.writeHead(500).end();
    const dailyTest = async () => {
      await queueTest();
      const outcomes = await sendDue(portal.ctx);
      await portal.advanceClock(dayMs);
      return outcomes.some((outcome) => outcome?.disabled);
    };
    for (let day = 0; day < 5; day += 1) expect(await dailyTest()).toBe(false);
    receiver.answer = (response) => void response.writeHead(204).end();
    expect(await dailyTest()).toBe(false);
    expect(await endpoint()).not.toHaveProperty('failingSince');
    receiver.answer = (response) => void response.writeHead(500).end();
    for (let day = 0; day < 5; day += 1) expect(await dailyTest()).toBe(false);
    expect(await dailyTest()).toBe(true);
    expect(await endpoint()).toMatchObject({ state: 'disabled', disabledReason: 'failing' });
  });

  test.each([429, 502, 503, 504])('that answers %i is given the time it asks for', async (status) => {
    receiver.answer = (response) => void response.writeHead(status, { 'Retry-After': '7200' }).end();
    await queueTest();
    const { wait_ms } = await nextAttempt();
    expect(wait_ms).toBeGreaterThan(7_100 * secondMs);
    expect(wait_ms).toBeLessThanOrEqual(7_200 * secondMs);
  });

  test('that does not answer delays no other, and is given fewer attempts at once the longer it fails', async () => {
    const other = await startWebhookReceiver();
    const lively = await endpointAt(portal, other.url, ['signing_session.cancelled']);
    for (let count = 0; count < 6; count += 1) await queueTest();
    const attempts = [];
    for (let attempt = await claimWebhook(portal.ctx); attempt; attempt = await claimWebhook(portal.ctx))
      attempts.push(attempt);
    expect(attempts).toHaveLength(4);
    await queuedTest(portal, lively.endpointId);
    expect(await sendDue(portal.ctx)).toEqual([{ endpointId: lively.endpointId, reason: 'http_204' }]);
    receiver.answer = (response) => void response.writeHead(500).end();
    await Promise.all(attempts.map((attempt) => attempt()));
    expect(await claimWebhook(portal.ctx)).toBeDefined();
    expect(await claimWebhook(portal.ctx)).toBeUndefined();
    await disableEndpoint(portal.ctx, portal.merchant.workspaceId, lively.endpointId);
    await other.stop();
  });
});

test('a crash between sending and writing it down sends the same message again, under the same id', async () => {
  const eventId = await queueTest();
  const crashing: typeof portal.ctx = {
    ...portal.ctx,
    webhooks: {
      send: async (message) => {
        await portal.ctx.webhooks.send(message);
        throw new Error('the process died');
      },
    },
  };
  await expect((await claimWebhook(crashing))?.()).rejects.toThrow('the process died');
  expect(await sendDue(portal.ctx)).toEqual([]);
  await portal.advanceClock(30 * secondMs);
  await sendDue(portal.ctx);
  expect(ids()).toEqual([eventId, eventId]);
  expect(await standing()).toMatchObject({ status: 'DELIVERED', attempts: 2 });
});

test('several workers at once send every message once', async () => {
  const queued = [];
  for (let count = 0; count < 24; count += 1) queued.push(await queueTest());
  await Promise.all(Array.from({ length: 4 }, () => sendDue(portal.ctx)));
  await sendDue(portal.ctx);
  expect(ids().toSorted()).toEqual(queued.toSorted());
});

test('a worker that was held up sends nothing any more, and one that comes late changes nothing', async () => {
  await queueTest();
  let now = 0;
  const late = await claimWebhook(portal.ctx, () => [now]);
  now = 60 * secondMs;
  expect(await late?.()).toBeUndefined();
  expect(receiver.received).toEqual([]);
  await portal.advanceClock(60 * secondMs);

  const answers = Promise.withResolvers<void>();
  const isAsked = Promise.withResolvers<void>();
  receiver.answer = (response) => {
    isAsked.resolve();
    void answers.promise.then(() => response.writeHead(500).end());
  };
  const slow = (await claimWebhook(portal.ctx))?.();
  await isAsked.promise;
  await portal.advanceClock(60 * secondMs);
  receiver.answer = (response) => void response.writeHead(204).end();
  await sendDue(portal.ctx);
  answers.resolve();
  await slow;
  expect(await standing()).toMatchObject({ status: 'DELIVERED', attempts: 3, failures: 0, reason: 'http_204' });
  expect(await endpoint()).not.toHaveProperty('failingSince');
});

test('one message, or those of a time, are sent again under their ids; what is under way, unknown or foreign is not', async () => {
  const { ctx, merchant, stranger } = portal;
  const eventId = await queueTest();
  const place = { endpointId, eventId };
  const attempt = await claimWebhook(ctx);
  expect(await resendWebhook(ctx, merchant.workspaceId, place)).toEqual({ ok: false, code: 'message_not_found' });
  await attempt?.();
  expect(await resendWebhook(ctx, stranger.workspaceId, place)).toEqual({ ok: false, code: 'endpoint_not_found' });
  expect(await resendWebhook(ctx, merchant.workspaceId, { ...place, eventId: endpointId })).toMatchObject({
    ok: false,
  });
  expect(await resendWebhook(ctx, merchant.workspaceId, place)).toEqual({ ok: true });
  await sendDue(ctx);
  const since = new Date(portal.now().getTime() - secondMs * 60);
  const resend = (statuses: ('FAILED' | 'DELIVERED')[], until?: Date) =>
    resendWebhooks(ctx, merchant.workspaceId, endpointId, { since, until, statuses });
  expect(await resend(['FAILED'])).toEqual({ ok: true, count: 0 });
  expect(await resend(['FAILED', 'DELIVERED'], since)).toEqual({ ok: true, count: 0 });
  expect(await resend(['FAILED', 'DELIVERED'])).toEqual({ ok: true, count: 1 });
  await sendDue(ctx);
  expect(ids()).toEqual([eventId, eventId, eventId]);
});

test('attempts are bounded, and messages are forgotten with them after thirty days', async () => {
  const place = { endpointId, eventId: await queueTest() };
  await sendDue(portal.ctx);
  for (let count = 0; count < 32; count += 1) {
    await resendWebhook(portal.ctx, portal.merchant.workspaceId, place);
    await sendDue(portal.ctx);
  }
  const attempts = () => portal.asOwner('SELECT id FROM webhook_attempts WHERE endpoint_id = $1', [endpointId]);
  expect(await attempts()).toHaveLength(30);
  await portal.advanceClock(30 * dayMs - 60 * secondMs);
  await pruneWebhooks(portal.ctx);
  expect(await attempts()).toHaveLength(30);
  await portal.advanceClock(61 * secondMs);
  expect(await pruneWebhooks(portal.ctx)).toBeGreaterThan(0);
  expect(await attempts()).toEqual([]);
  expect(await standings()).toEqual([]);
});
