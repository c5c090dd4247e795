import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { openDatabase } from './database.ts';
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

test('an attempt in the middle of a flood does not read the flood', async () => {
  await portal.asOwner(
    `INSERT INTO staff_sign_in_failures (subject) SELECT sha256(n::text::bytea) FROM generate_series(1, 3000) n`,
  );
  await portal.asOwner('ANALYZE staff_sign_in_failures');
  const rowsRead = async () => {
    const [row] = await portal.asOwner<{ read: number }>(
      `SELECT (seq_tup_read + idx_tup_fetch)::integer AS read FROM pg_stat_user_tables WHERE relname = 'staff_sign_in_failures'`,
    );
    return row?.read ?? 0;
  };
  // One connection, which can be told to publish what it has read.
  const db = openDatabase({ url: portal.databaseUrl, connectionsMax: 1, onIdleError: () => undefined });
  const before = await rowsRead();
  await noteSignInAttempt(db, [subject('gabi')], minutes);
  await db.pool.query('SELECT pg_stat_force_next_flush()');
  await db.end();
  expect((await rowsRead()) - before).toBeLessThanOrEqual(400);
});
