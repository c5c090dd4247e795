import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { countSignInFailures, forgiveSignInAttempt, noteSignInAttempt } from './sign-in-failures.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

const subject = (name: string) => createHash('sha256').update(name).digest();
const minutes = 15;
const note = (...names: string[]) => noteSignInAttempt(portal.ctx.db, names.map(subject), minutes);
const count = (...names: string[]) => countSignInFailures(portal.ctx.db, names.map(subject), minutes);

test('counts each subject on its own, in the order asked', async () => {
  await note('ana', 'office');
  await note('bia', 'office');
  expect(await count('office', 'ana', 'nobody', 'bia')).toEqual([2, 1, 0, 1]);
});

test('an attempt that was forgiven is no failure', async () => {
  await note('carla', 'home');
  await forgiveSignInAttempt(portal.ctx.db, await note('carla', 'home'));
  expect(await count('carla', 'home')).toEqual([1, 1]);
});

test('attempts at the same time see each other', async () => {
  const seen = await Promise.all(
    Array.from({ length: 12 }, async () => {
      await note('dora');
      return (await count('dora'))[0] ?? 0;
    }),
  );
  expect(seen.toSorted((a, b) => a - b).filter((failures, index) => failures < index + 1)).toEqual([]);
});

test('what is older than the window counts no longer and is swept out by the next attempt', async () => {
  await note('eva');
  await portal.advanceClock(minutes * 60_000 + 1_000);
  expect(await count('eva')).toEqual([0]);
  await note('fabia');
  const rows = await portal.asOwner('SELECT 1 FROM staff_sign_in_failures WHERE subject = $1', [subject('eva')]);
  expect(rows).toEqual([]);
});
