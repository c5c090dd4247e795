import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayMs, isErased, unreadSession } from '#lib/testing/keeping.ts';
import { logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { type SandboxStamps, startSandboxStamps } from '#lib/testing/sandbox-stamps.ts';
import { keepAndErase } from './keep-and-erase.ts';
import { stampNext } from './stamp-checkpoints.ts';

/** Nothing is erased by a clock that only the portal's own machine believes. */

let portal: TestPortal;
let stamps: SandboxStamps;
beforeAll(async () => {
  [portal, stamps] = await Promise.all([startTestPortal(), startSandboxStamps(['first', 'second'])]);
});
afterAll(() => Promise.all([portal.end(), stamps.end()]));

const inProduction = () => ({
  ...portal.ctx,
  isSandbox: false,
  timeStampAuthorities: stamps.authorities,
  timeStampRoots: [stamps.roots],
});

async function dueSession(): Promise<string> {
  const id = await unreadSession(portal);
  await portal.asOwner('ALTER TABLE signing_sessions DISABLE TRIGGER USER');
  await portal.asOwner(
    `UPDATE signing_sessions SET closed_at = closed_at - interval '40 days', keep_until = keep_until - interval '40 days' WHERE id = $1`,
    [id],
  );
  await portal.asOwner('ALTER TABLE signing_sessions ENABLE TRIGGER USER');
  return id;
}

async function stamp(): Promise<void> {
  await logKeeper(portal).publish();
  const ctx = { ...inProduction(), isSandbox: true };
  for (const authority of stamps.authorities) while (await stampNext(ctx, authority));
}

test('where authorities are set, nothing is erased before one has told the time', async () => {
  const id = await dueSession();
  expect(await keepAndErase(inProduction())).toEqual({ standings: {}, faults: [], withheld: 'no_time_stamp' });
  expect(await isErased(portal, id)).toBe(false);
});

test('what is due is erased while they agree with the clock, as much as one run may', async () => {
  const others = [await dueSession(), await dueSession()];
  await stamp();
  expect(await keepAndErase(inProduction(), 2)).toEqual({ standings: { erased: 2 }, faults: [], isCut: true });
  expect(await keepAndErase(inProduction(), 2)).toEqual({ standings: { erased: 1 }, faults: [] });
  for (const id of others) expect(await isErased(portal, id)).toBe(true);
});

test('a stamp that no trusted authority has given confirms nothing, whatever its row says', async () => {
  const foreign = await startSandboxStamps(['first']);
  const ctx = { ...inProduction(), timeStampRoots: [foreign.roots] };
  await foreign.end();
  const id = await dueSession();
  expect((await keepAndErase(ctx)).withheld).toBe('time_stamp_untrue');
  expect(await isErased(portal, id)).toBe(false);
  expect((await keepAndErase(inProduction())).standings.erased).toBe(1);
});

test('a clock that was put forward by years erases nothing', async () => {
  const id = await unreadSession(portal);
  await portal.advanceClock(2200 * dayMs);
  expect((await keepAndErase(inProduction())).withheld).toBe('clock_disagrees');
  expect(await isErased(portal, id)).toBe(false);
});

test('the sandbox, whose clock people move, erases by that clock', async () => {
  expect((await keepAndErase({ ...inProduction(), isSandbox: true })).standings.erased).toBe(1);
});
