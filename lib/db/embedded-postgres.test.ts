import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Purpose } from './embedded-place.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { postmasterFile, shutDown } from './embedded-postmaster.ts';
import { isRunning } from './embedded-process.ts';

/** Making a cluster is the slow part, so there is one data folder per purpose; every test leaves it stopped and whole. */
let parent: string;
const clusters = new Set<string>();

beforeAll(() => {
  parent = mkdtempSync(join(realpathSync(tmpdir()), 'aceite-launcher-'));
  // The unprivileged user that Postgres runs as has to pass through.
  chmodSync(parent, 0o711);
});

afterEach(async () => {
  for (const cluster of clusters) await shutDown(join(cluster, 'data'));
  // This process lives on, so its notes of use would count in the next test.
  for (const purpose of ['test', 'portal'] as const) {
    rmSync(join(folderOf(purpose), 'postgres-users'), { recursive: true, force: true });
  }
});

afterAll(() => {
  for (const folder of [...clusters, parent]) rmSync(folder, { recursive: true, force: true });
});

const folderOf = (purpose: Purpose) => join(parent, purpose);
const start = (purpose: Purpose = 'test', dataDir = folderOf(purpose)) => startEmbeddedPostgres({ dataDir, purpose });

async function started(purpose: Purpose = 'test', dataDir = folderOf(purpose)): Promise<EmbeddedPostgres> {
  const server = await start(purpose, dataDir);
  if (!server.ok) throw new Error(server.message);
  clusters.add(clusterOf(dataDir));
  return server;
}

/** Where the cluster lies: as root, that of a portal is not in its data folder. */
function clusterOf(dataDir: string): string {
  const { folder } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { folder: string };
  return folder.startsWith('/') ? folder : join(dataDir, folder);
}

async function ask(url: string, sql: string): Promise<unknown[][]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

const portOf = (server: EmbeddedPostgres) => Number(new URL(server.url).port);

describe('a cluster', () => {
  test('holds every character, and lets the portal in as a role that owns nothing', async () => {
    const server = await started();
    expect(await ask(server.appUrl, "SELECT lower('ÇÃO'), current_user, current_setting('server_encoding')")).toEqual([
      ['ção', 'aceite_login', 'UTF8'],
    ]);
    await expect(ask(server.appUrl, 'CREATE TABLE mine ()')).rejects.toThrow('permission denied');
    await expect(ask(server.appUrl, 'CREATE TEMPORARY TABLE mine ()')).rejects.toThrow('permission denied');
    await ask(server.url, 'CREATE TABLE ours ()');
    await ask(server.url, 'CREATE ROLE of_a_migration NOLOGIN');
    const rights = "SELECT rolname, rolsuper, rolcreaterole FROM pg_roles WHERE rolname LIKE 'aceite%' ORDER BY 1";
    expect(await ask(server.url, rights)).toEqual([
      ['aceite_login', false, false],
      ['aceite_owner', false, true],
    ]);
  });

  test('refuses a wrong password, and listens on this machine only', async () => {
    const server = await started();
    await expect(ask(server.url.replace(/:[0-9a-f]{64}@/, ':guess@'), 'SELECT 1')).rejects.toThrow('password');
    expect(await ask(server.adminUrl, 'SHOW listen_addresses')).toEqual([['127.0.0.1']]);
    expect(await ask(server.adminUrl, 'SHOW unix_socket_directories')).toEqual([['']]);
  });

  test('of a portal writes to the disk before it confirms, whatever its own files say', async () => {
    const first = await started('portal');
    await ask(first.adminUrl, 'ALTER SYSTEM SET fsync = off');
    await ask(first.adminUrl, 'ALTER SYSTEM SET synchronous_commit = off');
    await first.stop();
    const second = await started('portal');
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      expect(await ask(second.adminUrl, `SHOW ${setting}`)).toEqual([['on']]);
    }
  });

  test('that confirms before it writes is refused', async () => {
    const server = await started('portal');
    await ask(server.adminUrl, 'ALTER ROLE postgres SET synchronous_commit = off');
    expect(await start('portal')).toMatchObject({
      ok: false,
      code: 'unsafe_settings',
      message: expect.stringContaining('synchronous_commit=off'),
    });
    await ask(server.adminUrl, 'ALTER ROLE postgres RESET synchronous_commit');
  });

  test('stands in a process group of its own, so that a Ctrl-C in the terminal does not reach it', async () => {
    const { pid } = await started();
    // Only Linux tells.
    if (!existsSync('/proc/self/stat')) return;
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    expect({ group: fields[2], session: fields[3] }).toEqual({ group: String(pid), session: String(pid) });
  });

  test('writes its log to its own folder, wherever a link in it may point', async () => {
    const server = await started();
    await server.stop();
    const log = join(clusterOf(folderOf('test')), 'postgres.log');
    const elsewhere = join(parent, 'elsewhere');
    writeFileSync(elsewhere, '');
    renameSync(log, `${log}.kept`);
    symlinkSync(elsewhere, log);
    expect(await start()).toMatchObject({ ok: false, code: 'not_allowed', message: expect.stringContaining(log) });
    expect(readFileSync(elsewhere, 'utf8')).toBe('');
    renameSync(`${log}.kept`, log);
  });
});

describe('a second start', () => {
  test('joins the running server, and only the last one to leave stops it', async () => {
    const first = await started();
    const second = await started();
    expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url });
    await first.stop();
    expect(await ask(second.url, 'SELECT 1')).toEqual([[1]]);
    await second.stop();
    expect(await isRunning(first.pid)).toBe(false);
  });

  test('at the very same moment gets the same server', async () => {
    const servers = await Promise.all([started(), started(), started()]);
    expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1);
    expect(servers.filter(({ adopted }) => !adopted)).toHaveLength(1);
    for (const server of servers) await server.stop();
  });

  test('after a stop finds the data at the same address', async () => {
    const first = await started();
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await started();
    expect(second).toMatchObject({ adopted: false, url: first.url });
    expect(await ask(second.url, 'SELECT answer FROM kept')).toEqual([[42]]);
    await second.stop();
  });

  test('takes another port when somebody took the remembered one', async () => {
    const first = await started();
    await first.stop();
    const squatter = createServer().listen(portOf(first), '127.0.0.1');
    try {
      const second = await started();
      expect(portOf(second)).not.toBe(portOf(first));
      expect(await ask(second.url, 'SELECT 1')).toEqual([[1]]);
    } finally {
      squatter.close();
    }
  });
});

describe('after a kill -9', () => {
  test('of the server the next start takes over, and committed rows are there', async () => {
    const first = await started('portal');
    await ask(first.url, 'CREATE TABLE survivor AS SELECT 42 AS answer');
    process.kill(first.pid, 'SIGKILL');
    const second = await started('portal');
    expect(second.pid).not.toBe(first.pid);
    expect(await ask(second.url, 'SELECT answer FROM survivor')).toEqual([[42]]);
  });

  test('of the machine, a process that was given the number of the old server is not taken for it', async () => {
    const first = await started();
    const lock = postmasterFile(join(clusterOf(folderOf('test')), 'data'));
    const lines = readFileSync(lock, 'utf8').split('\n');
    await shutDown(dirname(lock));
    writeFileSync(lock, [process.pid, ...lines.slice(1)].join('\n'));
    const second = await started();
    expect(second).toMatchObject({ adopted: false });
    expect(second.pid).not.toBe(first.pid);
  });

  test('of a portal, its lock and its note of use count for nothing', async () => {
    const server = await started();
    const dead = '999999999-1';
    writeFileSync(join(folderOf('test'), 'postgres.lock'), dead);
    writeFileSync(join(folderOf('test'), 'postgres-users', `${dead}.1`), '');
    await server.stop();
    expect(await isRunning(server.pid)).toBe(false);
  });
});

describe('what cannot go well is said:', () => {
  test('Postgres does not start, with its own last words', async () => {
    await started();
    const data = join(clusterOf(folderOf('test')), 'data');
    await shutDown(data);
    const settings = readFileSync(join(data, 'postgresql.conf'), 'utf8');
    writeFileSync(join(data, 'postgresql.conf'), `${settings}\nno_such_setting = 1\n`);
    expect(await start()).toMatchObject({
      ok: false,
      code: 'postgres_failed',
      message: expect.stringMatching(/could not start.*postgres\.log[\s\S]*no_such_setting/),
    });
    writeFileSync(join(data, 'postgresql.conf'), settings);
  });

  test('the cluster is gone although there was one, as with a volume that is not mounted', async () => {
    await started();
    const data = join(clusterOf(folderOf('test')), 'data');
    await shutDown(data);
    renameSync(data, `${data}.away`);
    expect(await start()).toMatchObject({ ok: false, code: 'cluster_missing', message: expect.stringContaining(data) });
    renameSync(`${data}.away`, data);
  });

  test('the file with the passwords is damaged', async () => {
    await started();
    const file = join(folderOf('test'), 'postgres.json');
    const content = readFileSync(file, 'utf8');
    writeFileSync(file, content.slice(0, 40));
    expect(await start()).toMatchObject({ ok: false, code: 'place_damaged', message: expect.stringContaining(file) });
    writeFileSync(file, content);
  });

  test('the user that Postgres runs as cannot reach the folder', async () => {
    // An ordinary user runs it as oneself.
    if (process.getuid?.() !== 0) return;
    const closed = mkdtempSync(join(parent, 'closed-'));
    const refused = await start('test', join(closed, 'data'));
    expect(refused).toMatchObject({ ok: false, code: 'not_allowed', message: expect.stringContaining(closed) });
  });

  test('the data folder is a file', async () => {
    const file = join(parent, 'file');
    writeFileSync(file, '');
    expect(await start('test', file)).toMatchObject({ ok: false, code: 'not_allowed' });
  });
});

describe('two data folders never share a cluster:', () => {
  test('a copied one begins anew, or takes its own copy', async () => {
    await (await started('portal')).stop();
    const copy = join(parent, 'copy');
    cpSync(folderOf('portal'), copy, { recursive: true });
    const [first, second] = [await started('portal'), await started('portal', copy)];
    expect(second.pid).not.toBe(first.pid);
    expect(clusterOf(copy)).not.toBe(clusterOf(folderOf('portal')));
  });

  test('one that was deleted under a running server leaves nothing running, and nothing deleted', async () => {
    const doomed = join(parent, 'copy');
    const first = await started('portal', doomed);
    const cluster = clusterOf(doomed);
    // An ordinary user's cluster lies in the data folder and goes with it.
    if (dirname(cluster) === doomed) return;
    rmSync(doomed, { recursive: true });
    const second = await started('portal', doomed);
    clusters.add(`${cluster}.old-1`);
    expect(await isRunning(first.pid)).toBe(false);
    expect(existsSync(`${cluster}.old-1/data/PG_VERSION`)).toBe(true);
    expect(second.pid).not.toBe(first.pid);
  });
});
