import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { takeBackup } from '#lib/db/backup.ts';
import { openDatabase } from '#lib/db/database.ts';
import { aceite } from '#lib/testing/command-line.ts';
import { findWords } from '#lib/testing/find-words.ts';
import { createdSession } from '#lib/testing/journey.ts';
import { dayMs, declinedSession, isErased, standAfterDate, toldWords } from '#lib/testing/keeping.ts';
import { sealOf, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { restorePlace } from '#lib/testing/restore-place.ts';
import { keepAndErase } from '#lib/usecases/system/keep-and-erase.ts';

const place = restorePlace();
let portal: TestPortal;
let sessionId: string;

/** One backup from before a session was erased because its date had come, and one from after. */
beforeAll(async () => {
  portal = await startTestPortal();
  sessionId = await declinedSession(portal);
  const backUp = (name: string, takenAt = new Date()) =>
    takeBackup({ ownerUrl: portal.ownerUrl, path: place.at(name), takenAt, sign: sealOf(portal) });
  await backUp('before');
  for (const days of [35, 36]) await backUp(`of ${days} days ago`, new Date(Date.now() - days * dayMs));
  await standAfterDate(portal, sessionId, dayMs);
  await keepAndErase(portal.ctx);
  expect(await isErased(portal, sessionId)).toBe(true);
  await createdSession(portal);
  await backUp('after');
});
afterAll(() => portal.end());
beforeEach(() => void vi.stubEnv('ACEITE_KEYS_FILE', portal.keysFile));

test('an erased session comes back erased, and what is left of it still fits', async () => {
  const { code, faults, tables } = await place.restored(place.at('after'));
  expect({ code, faults }).toEqual({ code: 0, faults: [] });
  const rows = Object.fromEntries(tables.map((sum) => [sum.table, sum.rows]));
  expect(rows).toMatchObject({ signing_sessions: 2, session_keys: 1, tombstones: 1 });
});

test('a session that was erased after the backup is whole again, until the worker erases it because its date is past', async () => {
  const { code, faults } = await place.restored(place.at('before'));
  expect({ code, faults }).toEqual({ code: 0, faults: [] });
  const db = openDatabase({ url: place.target.url, connectionsMax: 2, mode: 'sandbox', onIdleError: () => undefined });
  try {
    await db.pool.query('SELECT aceite_move_clock($1)', [50 * 365 * dayMs]);
    expect(await keepAndErase({ db, isSandbox: true, timeStampAuthorities: [], timeStampRoots: [] })).toEqual({
      standings: { erased: 1 },
      faults: [],
    });
  } finally {
    await db.end();
  }
});

test('whoever restores hears how old the backup is, what to repeat, and whether it was kept for too long', async () => {
  const young = await aceite('restore', place.at('of 35 days ago'), '--skip-dossiers');
  expect(young).toMatchObject({
    code: 0,
    err: expect.stringMatching(/is 35 days old\. .*request for erasure since then/),
  });
  expect(young.err).not.toContain('should have been destroyed');
});

test('a backup that was kept for too long is restored nevertheless, and said to be one', async () => {
  const old = await aceite('restore', place.at('of 36 days ago'), '--skip-dossiers', '--json');
  expect(old).toMatchObject({ code: 0, err: expect.stringMatching(/is 36 days old.*35 days at the most/) });
});

test('a backup holds no words of people in the clear', async () => {
  const backup = readFileSync(place.at('before'));
  // The way back to the merchant's shop is the merchant's, and stands open.
  const { returnUrl: _, ...ofPeople } = toldWords;
  // Of bytea the server's text is hexadecimal, which is searched too.
  expect(findWords([{ place: 'backup', bytes: backup }], Object.values(ofPeople))).toEqual([]);
});
