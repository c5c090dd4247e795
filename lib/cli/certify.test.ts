import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptedSession, deliverToRest } from '#lib/testing/journey.ts';
import { logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { certifier } from './certify.ts';

const hourMs = 3_600_000;
let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

test('while signatures are on their way to the lender a certificate is made now and then, and afterwards all that wait', async () => {
  for (let made = 0; made < 3; made += 1)
    await deliverToRest(portal, (await acceptedSession(portal)).session.signingSessionId);
  // Published without being made yet.
  await portal.asOwner(`UPDATE certificate_queue SET due_at = aceite_now() + interval '1 hour'`);
  await logKeeper(portal).publish();
  await portal.advanceClock(hourMs);

  let isDelivering = true;
  let now = 0;
  const certify = certifier(
    portal.ctx,
    () => isDelivering,
    () => now,
  );
  const certificates = () => portal.asOwner('SELECT FROM certificates');
  for (const [seconds, made] of [
    [0, 0],
    [9, 0],
    [10, 1],
    [19, 1],
  ] as const) {
    now = seconds * 1_000;
    expect(await certify()).toBe(false);
    expect(await certificates(), `after ${seconds} s`).toHaveLength(made);
  }
  isDelivering = false;
  expect(await certify()).toBe(true);
  expect(await certificates()).toHaveLength(3);
  expect(await certify()).toBe(false);
});
