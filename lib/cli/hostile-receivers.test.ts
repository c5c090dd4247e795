import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staffLanguages } from '#lib/copy/language.ts';
import { webhookOutcomeWords } from '#lib/copy/webhook-outcome.ts';
import { type Program, program } from '#lib/program.ts';
import { createWebhookSender } from '#lib/providers/webhook/client.ts';
import { type Doors, openDoors } from '#lib/testing/doors.ts';
import {
  type HostileReceivers,
  hostileZone,
  rebindingName,
  startHostileReceivers,
} from '#lib/testing/hostile-receivers.ts';
import { acceptedSession, createdSession } from '#lib/testing/journey.ts';
import { type NameServer, startNameServer } from '#lib/testing/name-server.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import {
  endpointAt,
  queuedTest,
  sendDue,
  startWebhookReceiver,
  type WebhookReceiver,
} from '#lib/testing/webhook-receiver.ts';
import { disableEndpoint } from '#lib/usecases/system/webhooks/change-endpoint.ts';
import { work } from './worker.ts';

/** Every receiver that behaves badly, through the worker that production runs and over real connections. */

let portal: TestPortal;
let doors: Doors;
let names: NameServer;
let hostile: HostileReceivers;

beforeAll(async () => {
  portal = await startTestPortal();
  doors = openDoors(portal);
  [names, hostile] = await Promise.all([startNameServer(hostileZone), startHostileReceivers()]);
});
afterAll(async () => {
  await hostile.stop();
  await names.stop();
  doors.close();
  await portal.end();
});

/** The program as it was composed, but for where names lead and how long it waits for whoever hangs. */
function programWith(hangingLimitMs: number): Program {
  const resolve = async (name: string) => (name === 'localhost' ? ['127.0.0.1'] : names.resolve(name));
  const common = { isSandbox: true, clock: () => new Date(), resolve, ca: hostile.authority };
  const healthy = createWebhookSender({ ...common, limits: { totalMs: healthyLimitMs } });
  const impatient = createWebhookSender({ ...common, limits: { totalMs: hangingLimitMs } });
  const hanging = new Set(hostile.all.filter(({ hangs }) => hangs).map(({ url }) => url));
  return {
    ...program(),
    webhooks: { send: (message) => (hanging.has(message.url) ? impatient : healthy).send(message) },
  };
}

/** Less than a lease, and far more than a healthy receiver needs on the slowest machine. */
const healthyLimitMs = 25_000;

/** An endpoint at each of them, under what the receiver does; it hears of these types. */
async function everyEndpoint(eventTypes: Parameters<typeof endpointAt>[2]): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  for (const { what, url } of hostile.all) made.set(what, (await endpointAt(portal, url, eventTypes)).endpointId);
  return made;
}

async function disableAll(endpoints: Map<string, string>): Promise<void> {
  for (const id of endpoints.values()) await disableEndpoint(portal.ctx, portal.merchant.workspaceId, id);
}

const hangingIn = (endpoints: Map<string, string>) =>
  hostile.all.filter(({ hangs }) => hangs).map(({ what }) => endpoints.get(what) ?? '');

test('while all of them hang or fail, everybody else is told everything and the lender has each signature', async () => {
  const endpoints = await everyEndpoint(['*']);
  const hanging = hangingIn(endpoints);
  for (const id of hanging) for (let count = 0; count < 5; count += 1) await queuedTest(portal, id);
  const stop = new AbortController();
  const working = work(programWith(healthyLimitMs), stop.signal);
  await expect.poll(() => underWay(hanging), { timeout: 20_000 }).toEqual(hanging.map(() => 4));

  const neighbour = { ...portal, merchant: portal.stranger };
  const [near, far] = [await startWebhookReceiver(), await startWebhookReceiver()];
  await Promise.all([endpointAt(portal, near.url), endpointAt(neighbour, far.url)]);
  for (let made = 0; made < 3; made += 1) await acceptedSession(portal);
  for (let made = 0; made < 3; made += 1) await createdSession(neighbour);
  const wanted = [...['created', 'started', 'completed'].map(told), 'lender.signature_received'].flatMap((type) => [
    type,
    type,
    type,
  ]);
  await expect.poll(() => typesAt(near), { timeout: 20_000 }).toEqual(wanted.toSorted());
  await expect.poll(() => typesAt(far), { timeout: 20_000 }).toEqual(['created', 'created', 'created'].map(told));
  expect(await portal.asOwner('SELECT status, delivered_by FROM deliveries')).toEqual(
    Array.from({ length: 3 }, () => ({ status: 'DELIVERED', delivered_by: 'reply' })),
  );
  // They held what was theirs all the while, and no more of it.
  expect(await underWay(hanging)).toEqual(hanging.map(() => 4));
  expect(await attemptsAt(hanging)).toEqual([]);

  stop.abort();
  const ending = setInterval(hostile.hangUp, 50);
  await working.finally(() => clearInterval(ending));
  expect(doors.logged.filter((line) => JSON.parse(line).level >= 40)).toEqual([]);
  await Promise.all([near.stop(), far.stop(), disableAll(endpoints)]);
});

const told = (kind: string) => `signing_session.${kind}`;
const typesAt = ({ received }: WebhookReceiver) => received.map(({ message }) => message.type).toSorted();

/** How many attempts each of these endpoints holds at this moment. */
async function underWay(ids: readonly string[]): Promise<number[]> {
  const rows = await portal.asOwner<{ count: number }>(
    `SELECT count(d.lease_until)::int AS count FROM unnest($1::uuid[]) WITH ORDINALITY AS e (id, place)
     LEFT JOIN webhook_deliveries d ON d.endpoint_id = e.id AND d.lease_until > aceite_now() GROUP BY e.id, e.place ORDER BY e.place`,
    [ids],
  );
  return rows.map(({ count }) => count);
}

type Kept = { endpoint_id: string; outcome: string; status: string; failures: number; reply: string | null };

/** What is kept of the first attempt at each endpoint. */
function attemptsAt(ids: readonly string[]): Promise<Kept[]> {
  return portal.asOwner<Kept>(
    `SELECT DISTINCT ON (endpoint_id) a.endpoint_id, a.outcome, d.status, d.failures, a.reply
     FROM webhook_attempts a JOIN webhook_deliveries d USING (endpoint_id, event_id)
     WHERE endpoint_id = ANY ($1) ORDER BY endpoint_id, a.started_at, a.id`,
    [ids],
  );
}

describe('of each of them', () => {
  let endpoints: Map<string, string>;
  let kept: Map<string, Kept>;
  beforeAll(async () => {
    // As if nobody had asked for a name yet.
    await names.stop();
    names = await startNameServer(hostileZone);
    endpoints = await everyEndpoint(['evidence.final']);
    for (const id of endpoints.values()) await queuedTest(portal, id);
    const ctx = programWith(300);
    await Promise.all(Array.from({ length: 4 }, () => sendDue(ctx)));
    kept = new Map((await attemptsAt([...endpoints.values()])).map((row) => [row.endpoint_id, row]));
  });

  test('the attempt says what happened, in words for staff too, and the message waits unless it arrived', () => {
    const seen = hostile.all.map(({ what, outcome, orElse }) => {
      const said = kept.get(endpoints.get(what) ?? '')?.outcome;
      return `${what}: ${said === orElse ? outcome : said}`;
    });
    expect(seen).toEqual(hostile.all.map(({ what, outcome }) => `${what}: ${outcome}`));
    for (const { outcome, status, failures } of kept.values()) {
      const isDone = /^http_2/.test(outcome);
      expect({ outcome, status, failures }).toEqual({
        outcome,
        status: isDone ? 'DELIVERED' : 'PENDING',
        failures: isDone ? 0 : 1,
      });
      for (const language of staffLanguages) expect(webhookOutcomeWords(language, outcome)).toMatch(/^[^_]+ [^_]+$/);
    }
  });

  test('little is read and less is kept, however much comes', () => {
    // What a connection on this machine takes before anybody reads is a few megabytes; the sender had no end.
    for (const bytes of hostile.bytesPushed()) expect(bytes).toBeLessThan(32 * 1024 * 1024);
    for (const { reply } of kept.values()) expect((reply ?? '').length).toBeLessThanOrEqual(1_024);
    const [endless] = hostile.all.filter(({ what }) => what === 'sends a body without end');
    expect(kept.get(endpoints.get(endless?.what ?? '') ?? '')?.reply).toBe('a'.repeat(1_024));
  });

  test('no redirect was followed, and a name that leads inside the second time is not called then', async () => {
    const rebinding = hostile.all.find(({ url }) => url.includes(rebindingName));
    const id = endpoints.get(rebinding?.what ?? '') ?? '';
    const asked = names.asked.filter((name) => name === rebindingName).length;
    await queuedTest(portal, id);
    const outcomes = await sendDue(programWith(300));
    expect(outcomes.filter((outcome) => outcome?.endpointId === id)).toEqual([
      { endpointId: id, reason: 'address_not_allowed' },
    ]);
    expect(names.asked.filter((name) => name === rebindingName).length).toBe(asked + 1);
    expect(hostile.callsInside()).toBe(0);
  });
});
