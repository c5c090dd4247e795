import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { listMigrations, migrate } from '#lib/db/migrate.ts';
import { aceite, aceiteJson, commandPlace } from '#lib/testing/command-line.ts';
import { createEmptyTestDatabase } from '#lib/testing/database.ts';
import { inDatabase } from '#lib/testing/database-contents.ts';
import { doctor } from '#lib/testing/doctor.ts';
import type { TestDatabase } from '#lib/testing/postgres-cluster.ts';

const place = commandPlace();
let folder: string;
let target: TestDatabase;
/** Of the database that is backed up. */
let ownerUrl: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aceite-backup-command-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  target = await createEmptyTestDatabase();
  const { pathname } = new URL(place.database.url);
  ownerUrl = Object.assign(new URL(target.ownerUrl), { pathname }).href;
  vi.stubEnv('MIGRATION_DATABASE_URL', ownerUrl);
});
afterEach(() => target.drop());

function onTarget(): void {
  vi.stubEnv('DATABASE_URL', target.url);
  vi.stubEnv('MIGRATION_DATABASE_URL', target.ownerUrl);
}

test('a portal with a session is backed up and restored by two commands, and its next link is made there', async () => {
  const file = join(folder, 'portal');
  const { signingSessionId } = await aceiteJson('link');
  const backup = await aceite('backup', file);
  expect(backup).toMatchObject({ code: 0, err: expect.stringMatching(/^reading signing_sessions$/m) });
  expect(backup.out).toMatch(/^signing_sessions +1$/m);
  expect(backup.out).toContain(join(place.dataDir, 'keys.json'));
  expect(backup.out).toMatch(/need these wrapping keys of the key\nfile: k1\./);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  onTarget();
  const restored = await aceite('restore', file);
  expect(restored).toMatchObject({ code: 0, out: expect.stringMatching(/^signing_sessions +1$/m) });
  expect(restored.out).toMatch(/every table is as the file says\.$/m);
  expect(restored.out).toMatch(/^It proves itself: .*every dossier; the log holds together\.$/m);
  expect(await aceite('migrate', '--check')).toMatchObject({ code: 0 });
  expect((await aceiteJson('link')).signingSessionId).not.toBe(signingSessionId);
  expect((await aceiteJson('workspace', 'list')).items).toHaveLength(1);
});

test('the seal and the roots belong to what is kept apart when they are there, and the memory of the log is warned of', async () => {
  await aceiteJson('link');
  const made = ['pdf-seal.pem', 'time-stamp-roots.pem', 'time-stamp-authority-sandbox-a.pem'];
  const { out } = await aceite('backup', join(folder, 'apart'));
  for (const name of made) expect(out).toContain(`  ${join(place.dataDir, name)}\n`);
  expect(out).toContain('.signed must be the newest that there is');
  for (const name of made) rmSync(join(place.dataDir, name));
  const bare = await aceite('backup', join(folder, 'bare'));
  for (const name of made) expect(bare.out).not.toContain(name);
});

test('both tell scripts what they did', async () => {
  const file = join(folder, 'json');
  const taken = await aceiteJson('backup', file);
  const keepApart = ['keys.json', 'log.key', 'log.key.signed'].map((name) => join(place.dataDir, name));
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(taken).toMatchObject({ file, mode: 'sandbox', sha256: hash, keepApart: expect.arrayContaining(keepApart) });
  expect(taken.bytes).toBe(readFileSync(file).length);
  onTarget();
  const restored = await aceiteJson('restore', file);
  expect(restored).toEqual({
    file,
    mode: 'sandbox',
    takenAt: taken.takenAt,
    wrappingKeyIds: taken.wrappingKeyIds,
    tables: taken.tables,
    faults: [],
  });
});

test('the doctor tells of the last backup of this database, and a restored one claims none that it did not make', async () => {
  const file = join(folder, 'judged');
  await aceiteJson('link');
  const told = async () => (await doctor()).of('backups');
  const { sha256, isNoted } = await aceiteJson('backup', file);
  expect(isNoted).toBe(true);
  const own = { status: 'ok', sentence: expect.stringContaining(`SHA-256 ${String(sha256).slice(0, 12)}`) };
  expect(await told()).toMatchObject(own);
  onTarget();
  await aceiteJson('restore', file);
  expect(await told()).toMatchObject({
    status: 'warning',
    sentence: expect.stringMatching(/was restored on .* none has been made of it since/),
    whatToDo: [expect.stringContaining('npm run aceite -- backup <file>')],
  });
  await aceiteJson('backup', `${file}-2`);
  expect(await told()).toMatchObject({ status: 'ok' });
});

test.each([
  [
    'cannot',
    'backup_notes ADD CONSTRAINT no_room CHECK (false) NOT VALID',
    'backup_notes DROP CONSTRAINT no_room',
    /"no_room"/,
  ],
  [
    'has no table to',
    'backup_notes RENAME TO former_notes',
    'former_notes RENAME TO backup_notes',
    /it is of an older version; run: npm run aceite -- migrate$/m,
  ],
])('a backup that the database %s note is there all the same, and is not counted', async (what, law, undone, why) => {
  const file = join(folder, `unnoted: ${what}`);
  await aceiteJson('link');
  const alter = (table: string) => inDatabase(ownerUrl, (client) => client.query(`ALTER TABLE ${table}`));
  await alter(law);
  const { code, out, err } = await aceite('backup', file, '--json');
  await alter(undone);
  expect({ code, isNoted: JSON.parse(out).isNoted }).toEqual({ code: 0, isNoted: false });
  expect(err).toMatch(/^The backup is there and whole, but the database could not note it/m);
  expect(err).toMatch(why);
  expect(existsSync(file)).toBe(true);
});

test.each([
  [['backup'], 2, /path of one file/],
  [['restore'], 2, /path of one file/],
  [['backup', 'a', 'b'], 2, /path of one file/],
  [['restore', 'a', 'b'], 2, /path of one file/],
  [['restore', '/no/such/file'], 1, /There is no file \/no\/such\/file/],
  [['backup', '/no/such/file'], 1, /There is no folder \/no\/such/],
  [['backup', '--colour', 'red'], 2, /--colour/],
])('%j is refused with %i and a sentence', async (args, code, sentence) => {
  expect(await aceite(...args)).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
});

test('refusals come as a sentence and leave everything as it was', async () => {
  const file = join(folder, 'refused');
  await aceiteJson('backup', file);
  expect(await aceite('backup', file)).toMatchObject({ code: 1, err: expect.stringMatching(/already/) });
  expect(await aceite('restore', file)).toMatchObject({ code: 1, err: expect.stringMatching(/is not empty/) });
  onTarget();
  vi.stubEnv('MIGRATION_DATABASE_URL', target.url);
  expect(await aceite('backup', `${file}-2`)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/nothing to back up/),
  });
  expect(existsSync(`${file}-2`)).toBe(false);
  vi.stubEnv('MIGRATION_DATABASE_URL', target.ownerUrl);
  truncateSync(file, 5_000);
  expect(await aceite('restore', file)).toMatchObject({ code: 1, err: expect.stringMatching(/part of it is missing/) });
  expect(await aceite('migrate', '--check')).toMatchObject({ code: 1, out: expect.stringMatching(/^Missing: 0001_/) });
});

test('a backup of an older version is restored as it was and then brought to this version', async () => {
  const file = join(folder, 'older');
  const older = await createEmptyTestDatabase();
  try {
    const known = await olderMigrations();
    await migrate({ url: older.ownerUrl, mode: 'sandbox', folder: known.folder });
    vi.stubEnv('MIGRATION_DATABASE_URL', older.ownerUrl);
    await aceite('backup', file);
    onTarget();
    const restored = await aceite('restore', file);
    expect(restored).toMatchObject({ code: 0, err: expect.stringContaining(`applying ${known.missing}`) });
    expect(await aceite('migrate', '--check')).toMatchObject({ code: 0 });
  } finally {
    await older.drop();
  }
});

/** All migrations but the newest, which is named. */
async function olderMigrations(): Promise<{ folder: string; missing: string }> {
  const names = (await listMigrations()).map(({ name }) => name);
  const missing = names.pop() ?? '';
  const migrations = join(folder, 'migrations');
  mkdirSync(migrations);
  const ours = join(import.meta.dirname, '../db/migrations');
  for (const name of names) copyFileSync(join(ours, `${name}.sql`), join(migrations, `${name}.sql`));
  return { folder: migrations, missing };
}

test('a database that does not answer is named', async () => {
  vi.stubEnv('MIGRATION_DATABASE_URL', 'postgres://aceite:segredo@127.0.0.1:1/aceite');
  const refused = await aceite('backup', join(folder, 'away'));
  expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/at 127\.0\.0\.1:1 cannot be used/) });
  expect(refused.err).not.toContain('segredo');
});

test.each(['backup', 'restore'])('%s explains itself', async (name) => {
  const help = await aceite(name, '--help');
  expect(help).toMatchObject({ code: 0, err: '' });
  expect(help.out).toMatch(new RegExp(`^Usage: npm run aceite -- ${name} <file>`));
});
