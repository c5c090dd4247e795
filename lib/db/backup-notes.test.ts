import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptedSession } from '#lib/testing/journey.ts';
import { logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { noteBackup } from './backup.ts';
import { withBackupConnection } from './backup-connection.ts';
import { newestBackupNote, readSnapshotStanding } from './backup-notes.ts';

let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal();
  await acceptedSession(portal);
});
afterAll(() => portal.end());

const standing = async () => {
  const found = await withBackupConnection(portal.ownerUrl, readSnapshotStanding);
  if (!found) throw new Error('the database has no place for notes');
  return found;
};
const newest = () => portal.ctx.db.transaction({ role: 'aceite_app', workspaceId: null }, newestBackupNote);
const note = async (sha256 = 'ab'.repeat(32)) =>
  noteBackup(portal.ownerUrl, { bytes: 1_000, sha256, build: 'b', standing: await standing() });

test('a note tells how far the log had come then, beside how far it is now', async () => {
  expect(await newest()).toBeUndefined();
  await note();
  await logKeeper(portal).publish();
  const { logSize, signedSize } = await standing();
  expect(logSize).toBeGreaterThan(0);
  expect(signedSize).toBe(logSize);
  expect(await newest()).toMatchObject({ what: 'made', log_size: 0, log_size_now: logSize });
  expect(await portal.asOwner('SELECT bytes::int FROM backup_notes')).toEqual([{ bytes: 1_000 }]);
});

test('the newest is the one that was written last, also of many at once', async () => {
  await Promise.all(['01', '02', '03', '04'].map((byte) => note(byte.repeat(32))));
  await note('05'.repeat(32));
  expect(await newest()).toMatchObject({ sha256: '05'.repeat(32) });
  await portal.advanceClock(90_000_000);
  expect((await newest())?.age_seconds).toBeGreaterThan(90_000);
});

test.each([
  ['aceite_app', /permission denied/],
  ['aceite_worker', /permission denied/],
  ['aceite_retention', /permission denied/],
  ['aceite_owner', /append-only/],
])('%s can change none, and only the owner writes one', async (role, refusal) => {
  await portal.asOwner(`SET ROLE ${role}`);
  for (const sql of ['UPDATE backup_notes SET bytes = 1', 'DELETE FROM backup_notes', 'TRUNCATE backup_notes'])
    await expect(portal.asOwner(sql)).rejects.toThrow(refusal);
  const write = portal.asOwner(
    `INSERT INTO backup_notes (position, what, taken_at, bytes, sha256, log_size, signed_size, build)
     VALUES (1000, 'made', aceite_now(), 1, sha256(''), 0, 0, 'b')`,
  );
  if (role === 'aceite_owner') await expect(write).resolves.toEqual([]);
  else await expect(write).rejects.toThrow(refusal);
  await portal.asOwner('RESET ROLE');
});
