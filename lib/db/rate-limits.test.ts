import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { openDatabase } from './database.ts';
import { pruneRateLimits, takeRateToken } from './rate-limits.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

/** A token takes so long to come back that the time a test takes brings none. */
const slow = { burst: 5, tokenMs: 600_000 };
const newSubject = () => randomBytes(32);
const take = (subject: Buffer, bucket = slow) => takeRateToken(portal.ctx.db, subject, bucket);

async function taken(subject: Buffer, times: number, bucket = slow): Promise<number> {
  let count = 0;
  for (let turn = 0; turn < times; turn += 1) if ((await take(subject, bucket)).isTaken) count += 1;
  return count;
}

test('lets a burst through and then nothing, until a token has come back', async () => {
  const subject = newSubject();
  expect(await taken(subject, 8)).toBe(5);
  await portal.advanceClock(599_000 - 60_000);
  expect(await taken(subject, 1)).toBe(0);
  await portal.advanceClock(61_000);
  expect(await taken(subject, 2)).toBe(1);
});

test('tells how long the bucket takes to be full, and a refusal takes nothing', async () => {
  const subject = newSubject();
  expect((await take(subject)).owedMs).toBeCloseTo(600_000, -1);
  await taken(subject, 4);
  const [first, second] = [await take(subject), await take(subject)];
  expect([first.isTaken, second.isTaken]).toEqual([false, false]);
  expect(second.owedMs).toBeLessThanOrEqual(first.owedMs);
  expect(second.owedMs).toBeGreaterThan(5 * 600_000 - 60_000);
});

test('never holds more than its burst, however long nobody came', async () => {
  const subject = newSubject();
  await taken(subject, 5);
  await portal.advanceClock(100 * 600_000);
  expect(await taken(subject, 8)).toBe(5);
});

test('nobody waits for a clock that was set back, and the limit holds from there on', async () => {
  const [one, other] = [newSubject(), newSubject()];
  await taken(one, 5);
  const setBack = (milliseconds: number) =>
    portal.asOwner('UPDATE aceite_clock SET offset_ms = offset_ms - $1', [milliseconds]);
  await portal.advanceClock(7_200_000);
  expect(await taken(one, 5)).toBe(5);
  await setBack(3_600_000);
  expect(await taken(one, 8)).toBe(5);
  await taken(other, 5);
  // Less than a bucket takes to fill, or than anybody waits, proves nothing.
  await setBack(30_000);
  expect(await taken(other, 3)).toBe(0);
});

test('of each subject its own', async () => {
  const [one, other] = [newSubject(), newSubject()];
  expect([await taken(one, 6), await taken(other, 6)]).toEqual([5, 5]);
});

test('decides as one counts by hand, whatever the order of calls and waits', async () => {
  const waits = fc.integer({ min: 1, max: 7 }).map((tokens) => ({ tokens }));
  const steps = fc.array(fc.oneof(fc.constant('call' as const), waits), { minLength: 1, maxLength: 24 });
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 4 }), async (sequence, burst) => {
      const subject = newSubject();
      let held = burst;
      for (const step of sequence) {
        if (step === 'call') {
          expect((await take(subject, { burst, tokenMs: slow.tokenMs })).isTaken).toBe(held > 0);
          held = Math.max(0, held - 1);
        } else {
          await portal.advanceClock(step.tokens * slow.tokenMs);
          held = Math.min(burst, held + step.tokens);
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('two processes that share a bucket never let more through than one', async () => {
  const pools = [1, 2].map(() =>
    openDatabase({ url: portal.databaseUrl, connectionsMax: 8, onIdleError: () => undefined }),
  );
  const [subject, bucket] = [newSubject(), { burst: 40, tokenMs: 600_000 }];
  const calls = Array.from({ length: 200 }, (_, turn) => pools[turn % 2]);
  const tokens = await Promise.all(calls.map(async (pool) => pool && takeRateToken(pool, subject, bucket)));
  await Promise.all(pools.map((pool) => pool.end()));
  expect(tokens.filter((token) => token?.isTaken)).toHaveLength(40);
});

test('full buckets are forgotten and the others stay', async () => {
  const [full, emptied] = [newSubject(), newSubject()];
  await taken(full, 1);
  // As long as the largest bucket of this file takes.
  await portal.advanceClock(40 * 600_000);
  await taken(emptied, 5);
  expect(await pruneRateLimits(portal.ctx.db, 1_000)).toBeGreaterThan(0);
  const left = await portal.asOwner<{ bucket: Buffer }>('SELECT bucket FROM rate_limit_buckets');
  expect(left.map(({ bucket }) => bucket.toString('hex'))).toEqual([emptied.toString('hex')]);
  expect(await taken(emptied, 1)).toBe(0);
});
