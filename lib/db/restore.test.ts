import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createEmptyTestDatabase } from '#lib/testing/database.ts';
import { contentsOf, inDatabase, lawsOf } from '#lib/testing/database-contents.ts';
import { acceptedSession, createdSession, draftedSession, once } from '#lib/testing/journey.ts';
import { sealOf, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import type { TestDatabase } from '#lib/testing/postgres-cluster.ts';
import { type Backup, noteBackup, takeBackup } from './backup.ts';
import { restoreBackup } from './restore.ts';

let portal: TestPortal;
let target: TestDatabase;
let folder: string;
let backup: string;
let sealed: Backup;
const takenAt = new Date('2031-05-06T07:08:09.010Z');

/** Everything that a text in Postgres may hold, and every byte. */
const awkwardText = `"\\ \t\r\n\u0001\u007f\u2028 ação 🖋 ' $1 {a,"b"} NULL \\x00 ${'x'.repeat(3_000)}`;
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

beforeAll(async () => {
  portal = await startTestPortal();
  folder = mkdtempSync(join(tmpdir(), 'aceite-restore-'));
  await acceptedSession(portal);
  await draftedSession(portal);
  await createdSession(portal, {}, once('a-key'));
  await portal.advanceClock(3_600_000);
  await fillStaff();
  backup = join(folder, 'whole');
  await takeNotedBackup('earlier');
  sealed = await takeBackup({ ownerUrl: portal.ownerUrl, path: backup, takenAt, sign: sealOf(portal) });
});

/** Takes a backup and notes it, as the command does. */
async function takeNotedBackup(name: string): Promise<void> {
  const path = join(folder, name);
  const { standing, ...taken } = await takeBackup({ ownerUrl: portal.ownerUrl, path, takenAt, sign: sealOf(portal) });
  if (!standing) throw new Error('the database has no place for notes');
  await noteBackup(portal.ownerUrl, { ...taken, standing, build: 'a' });
}
afterAll(async () => {
  await portal.end();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  target = await createEmptyTestDatabase();
});
afterEach(() => target.drop());

async function fillStaff(): Promise<void> {
  await portal.asOwner(
    `INSERT INTO staff_user ("id", "name", "email", "image", "createdAt", "updatedAt")
     VALUES ('staff-1', $1, 'equipe@exemplo.com.br', '', '2031-05-06 07:08:09.123456Z', '0001-01-01 00:00:00Z'),
            ('STAFF-2', 'B', 'b@exemplo.com.br', NULL, 'infinity', '9999-12-31 23:59:59.999999Z')`,
    [awkwardText],
  );
  await portal.asOwner('INSERT INTO staff_sign_in_failures (subject) VALUES (sha256($1)), (sha256($1)), (sha256($1))', [
    everyByte,
  ]);
  await portal.asOwner('DELETE FROM staff_sign_in_failures WHERE position = 2');
  await portal.asOwner('UPDATE workspaces SET merchant_legal_name = left($1, 200) WHERE id = $2', [
    awkwardText,
    portal.merchant.workspaceId,
  ]);
}

const restored = () =>
  restoreBackup({ path: backup, ownerUrl: target.ownerUrl, mode: 'sandbox', runtimeRole: 'aceite_login', build: 'b' });

test('a restored database is the one that was backed up: rows, laws, walls, rights and counters', async () => {
  const { header, tables } = await restored();
  const [before, after] = [await contentsOf(portal.ownerUrl), await contentsOf(target.ownerUrl)];
  // The only row that a restore adds: the test below has it whole.
  expect(after).toEqual({ ...before, backup_notes: { rows: 2, hash: expect.any(String) } });
  expect(Object.keys(after).toSorted()).toEqual(tables.map(({ table }) => table).toSorted());
  expect(await lawsOf(target.ownerUrl)).toEqual(await lawsOf(portal.ownerUrl));
  expect(header.mode).toBe('sandbox');
});

test('a restored database keeps the notes of the one that was backed up, and says that they are not of its own backups', async () => {
  await restored();
  const notes = `SELECT position, what, build, bytes::int AS bytes, encode(sha256, 'hex') AS sha256, taken_at FROM backup_notes ORDER BY 1`;
  const [there, here] = await Promise.all(
    [portal.ownerUrl, target.ownerUrl].map((url) =>
      inDatabase(url, async (client) => (await client.query(notes)).rows),
    ),
  );
  const { bytes, sha256 } = sealed;
  expect(there).toMatchObject([{ position: 1, what: 'made', build: 'a' }]);
  expect(here).toEqual([
    ...(there ?? []),
    { position: 2, what: 'restored', build: 'b', bytes, sha256, taken_at: takenAt },
  ]);
});

test('every kind of text and every instant comes back to the character', async () => {
  await restored();
  const rows = await inDatabase(
    target.ownerUrl,
    async (client) =>
      (await client.query('SELECT name, image, "createdAt"::text AS at FROM staff_user ORDER BY email DESC')).rows,
  );
  expect(rows).toEqual([
    { name: awkwardText, image: '', at: '2031-05-06 07:08:09.123456+00' },
    { name: 'B', image: null, at: 'infinity' },
  ]);
});

test('the next backup of a restored database holds the same, and the note that it was restored', async () => {
  const { tables } = await restored();
  const path = join(folder, 'again');
  const again = await takeBackup({ ownerUrl: target.ownerUrl, path, takenAt: new Date(), sign: sealOf(portal) });
  const loaded = ({ table }: { table: string }) => table !== 'backup_notes';
  expect(again.tables.filter(loaded)).toEqual(tables.filter(loaded));
  expect(again.tables.find((sum) => !loaded(sum))).toMatchObject({ rows: 2 });
});

test('a database that holds anything is refused and stays as it is', async () => {
  await inDatabase(target.ownerUrl, (client) => client.query('CREATE TABLE mine AS SELECT 1 AS one'));
  const before = await contentsOf(target.ownerUrl);
  await expect(restored()).rejects.toMatchObject({ code: 'not_empty', message: expect.stringMatching(/mine first/) });
  expect(await contentsOf(target.ownerUrl)).toEqual(before);
  const full = await contentsOf(portal.ownerUrl);
  const onto = restoreBackup({ path: backup, ownerUrl: portal.ownerUrl, mode: 'sandbox', build: 'b' });
  await expect(onto).rejects.toMatchObject({ code: 'not_empty' });
  expect(await contentsOf(portal.ownerUrl)).toEqual(full);
});
