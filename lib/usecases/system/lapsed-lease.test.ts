import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptedSession, deliverToRest, deliveryOf } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import type { UseCaseContext } from '../context.ts';
import { deliverNext } from './deliver-acceptance.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

/** Longer than any lease. */
const heldUpMs = 60_000;

type Received = { method: string; verdict: string };

test.each([
  ['its process was stopped', [0, 1]],
  ['its machine slept', [1]],
  ['its clock was set back meanwhile', [0]],
] as const)(
  'a worker that was held up before it sent leaves the bytes to whoever has the lease now: %s',
  async (_how, which) => {
    const { session } = await acceptedSession(portal);
    const stall = Promise.withResolvers<void>();
    const isReading = Promise.withResolvers<void>();
    let now = [0, 0];
    const slow = deliverNext(withStalledAnswer(portal.ctx, stall.promise, isReading.resolve), () => now);
    await isReading.promise;
    await portal.advanceClock(heldUpMs);
    expect(await deliverToRest(portal, session.signingSessionId)).toEqual(['RETRY_WAIT', 'DELIVERED']);

    now = now.map((_, clock) => (which.some((ran) => ran === clock) ? heldUpMs : -heldUpMs));
    stall.resolve();
    await slow;

    const record = await (await fetch(`${portal.lenderUrl}/sandbox/debts/${session.debtKey}`)).json();
    const submissions = record.received.filter(({ method }: Received) => method === 'POST');
    expect(submissions.map(({ verdict }: Received) => verdict)).toEqual(['accepted']);
    expect(await deliveryOf(portal, session.signingSessionId)).toMatchObject({ status: 'DELIVERED' });
  },
);

/** The same program on a network that brings the first answer of the database late. */
function withStalledAnswer(ctx: UseCaseContext, stall: Promise<void>, onAnswer: () => void): UseCaseContext {
  return {
    ...ctx,
    db: {
      ...ctx.db,
      transaction: async (scope, work) => {
        const answer = await ctx.db.transaction(scope, work);
        onAnswer();
        await stall;
        return answer;
      },
    },
  };
}
