import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmptyTestDatabase } from '#lib/testing/database.ts';
import { acceptedSession, createdSession, draftedSession, once } from '#lib/testing/journey.ts';
import { sealOf, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { takeBackup } from './backup.ts';

let portal: TestPortal;
let folder: string;

beforeAll(async () => {
  portal = await startTestPortal();
  folder = mkdtempSync(join(tmpdir(), 'aceite-backup-'));
  await acceptedSession(portal);
  await draftedSession(portal);
  await createdSession(portal, {}, once('a-key'));
});
afterAll(async () => {
  await portal.end();
  rmSync(folder, { recursive: true });
});

let files = 0;
function newPath(): string {
  files += 1;
  return join(folder, `backup-${files}`);
}

async function backedUp(ownerUrl = portal.ownerUrl) {
  const path = newPath();
  const backup = await takeBackup({
    ownerUrl,
    path,
    takenAt: new Date('2031-05-06T07:08:09.010Z'),
    sign: sealOf(portal),
  });
  const lines = readFileSync(path, 'utf8').split('\n');
  const [first, sums, seal] = [lines[0], lines.at(-3), lines.at(-2)].map((line) => JSON.parse(line ?? ''));
  return { backup, path, lines, first, sums, seal };
}

/** One statement by the owner, outside any workspace. */
async function sql(text: string): Promise<Record<string, unknown>[]> {
  return portal.asOwner(text, [], '');
}

test('holds every table of the database, whichever schema or migration it comes from, with every row', async () => {
  const { backup } = await backedUp();
  const known = await sql(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const held = backup.tables.map(({ table }) => `public.${table}`);
  expect(held.toSorted()).toEqual(known.map(({ name }) => name).toSorted());
  await sql("SELECT set_config('aceite.backup', 'on', false)");
  for (const { table, rows } of backup.tables) {
    const [counted] = await sql(`SELECT count(*)::int AS rows FROM "${table}"`);
    expect({ table, rows }).toEqual({ table, ...counted });
  }
  await sql("SELECT set_config('aceite.backup', '', false)");
  const filled = backup.tables.filter(({ rows }) => rows > 0).map(({ table }) => table);
  expect(filled).toEqual(expect.arrayContaining(['acceptances', 'contracts', 'drafts', 'events', 'idempotency_keys']));
});

test('a table that nobody has thought of is held too, behind the wall or not, after those that it points to', async () => {
  await sql(`CREATE TABLE a_later_table (n integer PRIMARY KEY, s uuid REFERENCES signing_sessions);
    INSERT INTO a_later_table VALUES (7, NULL), (5, NULL)`);
  try {
    const { lines, backup } = await backedUp();
    const at = lines.indexOf('{"table":"a_later_table","columns":["n","s"]}');
    expect(lines.slice(at + 1, at + 3)).toEqual(['["5",null]', '["7",null]']);
    const order = backup.tables.map(({ table }) => table);
    expect(order.indexOf('a_later_table')).toBeGreaterThan(order.indexOf('signing_sessions'));
    await sql('ALTER TABLE a_later_table ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY');
    await expect(backedUp()).rejects.toMatchObject({ code: 'rows_hidden', message: /a_later_table.*migrate$/ });
  } finally {
    await sql('DROP TABLE a_later_table');
  }
});

test('names mode, migrations, instant and the keys that it needs first, and the sum of each table and of the whole last', async () => {
  const { first, sums, seal, path, lines } = await backedUp();
  const migrations = await sql('SELECT name, checksum FROM schema_migrations ORDER BY name');
  expect(first).toEqual({
    format: 'aceite-backup-1',
    mode: 'sandbox',
    takenAt: '2031-05-06T07:08:09.010Z',
    migrations,
    wrappingKeyIds: ['k1'],
  });
  const before = readFileSync(path).subarray(0, -Buffer.byteLength(`${lines.at(-2)}\n`));
  expect(seal.sha256).toBe(createHash('sha256').update(before).digest('hex'));
  // Ed25519 gives the same signature each time.
  expect(seal.signature).toBe(
    Buffer.from(sealOf(portal)(Buffer.from(`aceite-backup-1\n${seal.sha256}\n`))).toString('base64'),
  );
  const sessions = sums.tables.find(({ table }: { table: string }) => table === 'signing_sessions');
  const at = lines.findIndex((line) => line.startsWith('{"table":"signing_sessions"'));
  const rows = lines.slice(at + 1, at + 1 + sessions.rows).map((line) => `${line}\n`);
  expect(sessions).toEqual({
    table: 'signing_sessions',
    rows: 3,
    sha256: createHash('sha256').update(rows.join('')).digest('hex'),
  });
});

test('two backups of a database that nobody used meanwhile are the same', async () => {
  const [one, other] = [await backedUp(), await backedUp()];
  expect(one.backup.sha256).toBe(other.backup.sha256);
});

test('shows one instant: what is written while it is taken is not half in it', async () => {
  const path = newPath();
  let written: Promise<unknown> | undefined;
  const backup = await takeBackup({
    ownerUrl: portal.ownerUrl,
    path,
    takenAt: new Date(),
    sign: sealOf(portal),
    onProgress: () => {
      written ??= acceptedSession(portal);
    },
  });
  await written;
  const rows = Object.fromEntries(backup.tables.map((sum) => [sum.table, sum.rows]));
  expect(rows).toMatchObject({ signing_sessions: 3, acceptances: 1, session_keys: 3 });
});

test('is readable for its owner only, and nothing else lies beside it', async () => {
  const { path } = await backedUp();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('never takes the place of another file', async () => {
  const path = newPath();
  writeFileSync(path, 'mine');
  await expect(
    takeBackup({ ownerUrl: portal.ownerUrl, path, takenAt: new Date(), sign: sealOf(portal) }),
  ).rejects.toMatchObject({
    code: 'file_exists',
  });
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

test('leaves no file when it fails half-way', async () => {
  const path = newPath();
  const failing = takeBackup({
    ownerUrl: portal.ownerUrl,
    path,
    takenAt: new Date(),
    sign: sealOf(portal),
    onProgress: (message) => {
      if (message.includes('events')) throw new Error('half-way');
    },
  });
  await expect(failing).rejects.toThrow('half-way');
  expect(readdirSync(folder).filter((name) => join(folder, name).startsWith(path))).toEqual([]);
});

test("is not for the portal's own login, which does not see everything", async () => {
  const portalUrl = new URL(portal.ownerUrl);
  const { rows } = await portal.ctx.db.pool.query('SELECT current_user::text AS login');
  expect(rows[0].login).not.toBe(portalUrl.username);
  const path = newPath();
  const login = (portal.ctx.db.pool as pg.Pool & { options: { connectionString: string } }).options.connectionString;
  const refused = takeBackup({ ownerUrl: login, path, takenAt: new Date(), sign: sealOf(portal) });
  await expect(refused).rejects.toMatchObject({ code: 'rows_hidden' });
});

test('the wall stays shut for everybody, the owner included, who does not say that it is for a backup', async () => {
  const seen = 'SELECT count(*)::int AS rows FROM signing_sessions';
  expect(await sql(seen)).toEqual([{ rows: 0 }]);
  const client = await portal.ctx.db.pool.connect();
  try {
    await client.query("BEGIN; SELECT set_config('aceite.backup', 'on', true)");
    for (const role of ['aceite_app', 'aceite_worker', 'none']) {
      await client.query(`SET LOCAL ROLE ${role}`);
      expect((await client.query(seen)).rows, role).toEqual([{ rows: 0 }]);
    }
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});

test('there is none of an empty database', async () => {
  const empty = await createEmptyTestDatabase();
  const path = newPath();
  const refused = takeBackup({ ownerUrl: empty.ownerUrl, path, takenAt: new Date(), sign: sealOf(portal) }).finally(
    () => empty.drop(),
  );
  await expect(refused).rejects.toMatchObject({ code: 'not_migrated' });
});
