import { afterAll, beforeAll, expect, test } from 'vitest';
import { breakerRules } from '#lib/domain/circuit-breaker.ts';
import { acceptedSession } from '#lib/testing/journey.ts';
import { submissionsOf } from '#lib/testing/lender-record.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { deliverNext } from './deliver-acceptance.ts';
import { raiseAlarms } from './raise-alarms.ts';

/** What no single step shows: days without a lender. Between processes, and with answers that are lost: e2e/delivered-once.spec.ts. */

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

const hour = 3_600_000;

async function accepted(howMany: number) {
  const sessions = [];
  for (let made = 0; made < howMany; made += 1) sessions.push((await acceptedSession(portal)).session);
  return sessions;
}

/** Milliseconds until a delivery is due; undefined when all rest. */
async function nextDue(): Promise<number | undefined> {
  const [row] = await portal.asOwner<{ wait_ms: number | null }>(
    'SELECT (extract(epoch FROM min(next_attempt_at) - aceite_now()) * 1000)::float8 AS wait_ms FROM deliveries',
  );
  return row?.wait_ms ?? undefined;
}

/** Two workers with two hands each take every step that is due, the clock moving on between, until all rest or the time is over. */
async function workFor(milliseconds: number): Promise<void> {
  const end = portal.now().getTime() + milliseconds;
  const hand = async () => {
    while (await deliverNext(portal.ctx));
  };
  for (;;) {
    await Promise.all(Array.from({ length: 4 }, hand));
    const waitMs = await nextDue();
    if (waitMs === undefined) return;
    // What is due and was not taken waits for the lender's rest to end.
    const stepMs = Math.max(waitMs <= 0 ? breakerRules.waitMs : Math.ceil(waitMs), 1);
    if (portal.now().getTime() + stepMs > end) {
      await portal.advanceClock(Math.max(0, end - portal.now().getTime()));
      return;
    }
    await portal.advanceClock(stepMs);
  }
}

const statuses = () =>
  portal.asOwner('SELECT status, count(*)::int AS n FROM deliveries GROUP BY status ORDER BY status');

test('a lender that is down for eighty hours loses nothing: staff are told, and then it has each signature once', async () => {
  const sessions = await accepted(5);
  await portal.stopLender();
  await workFor(80 * hour);
  expect(await statuses()).toEqual([{ status: 'NEEDS_ATTENTION', n: 5 }]);
  expect((await raiseAlarms(portal.ctx)).toSorted()).toEqual(
    sessions.map(({ signingSessionId }) => signingSessionId).toSorted(),
  );
  await portal.startLender();
  await workFor(48 * hour);
  expect(await statuses()).toEqual([{ status: 'DELIVERED', n: 5 }]);
  const sent = await Promise.all(sessions.map(({ debtKey }) => submissionsOf(portal, debtKey)));
  expect(sent.map((one) => one.map(({ verdict }) => verdict))).toEqual(sessions.map(() => ['accepted']));
});
