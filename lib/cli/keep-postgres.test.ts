import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#lib/db/embedded-postgres.ts';
import { shutDown } from '#lib/db/embedded-postmaster.ts';
import { isRunning } from '#lib/db/embedded-process.ts';
import { descendantsOf, killAll } from '#lib/testing/process-family.ts';
import { keepPostgres } from './keep-postgres.ts';

let dataDir = '';
let server: EmbeddedPostgres;
const said: string[] = [];
const say = (message: string) => void said.push(message);

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'aceite-kept-'));
  server = await started();
  said.length = 0;
});
afterEach(async () => {
  await shutDown(join(dataDir, 'postgres', 'data'));
  await rm(dataDir, { recursive: true });
});

test('a killed server runs again at the same address, once for each kill, and ends with its keeper', async () => {
  const kept = keepPostgres(server, () => start(portOf(server)), say, [0, 0]);
  kill(server.pid);
  await vi.waitFor(async () => expect(await answers()).toBe(1), waiting);
  const second = await pidNow();
  expect(second).not.toBe(server.pid);
  kill(second);
  await vi.waitFor(async () => expect(await pidNow()).not.toBe(second), waiting);
  await vi.waitFor(() => expect(said).toHaveLength(4), waiting);
  expect(said[0]).toBe('Postgres ended unexpectedly; starting it again.');
  expect(said[1]).toBe(`Postgres runs again, as process ${second}.`);
  const third = await pidNow();
  await kept.stop();
  expect(await isRunning(third)).toBe(false);
});

test('a server that cannot be started is given up with the last reason', async () => {
  const cluster = join(dataDir, 'postgres', 'data');
  await rename(cluster, `${cluster}.away`);
  const kept = keepPostgres(server, () => start(portOf(server)), say, [0, 10]);
  kill(server.pid);
  expect(await kept.lost).toMatch(
    /^Postgres could not be started: The database of this portal should lie in .* and it does not/,
  );
  expect(said).toEqual([
    'Postgres ended unexpectedly; starting it again.',
    expect.stringMatching(/^Postgres could not be started: .*; starting it again in 0.01 s\.$/),
  ]);
  await kept.stop();
});

test('a server that dies again and again is given up as well', async () => {
  const kept = keepPostgres(server, () => start(portOf(server)), say, [0]);
  kill(server.pid);
  await vi.waitFor(() => expect(said).toHaveLength(2), waiting);
  kill(await pidNow());
  expect(await kept.lost).toBe('Postgres ended again and again');
  await kept.stop();
});

test('a server that another process still uses outlives its keeper', async () => {
  const other = await started();
  const kept = keepPostgres(server, () => start(portOf(server)), say);
  await kept.stop();
  expect(await answers()).toBe(1);
  expect(said).toEqual([]);
  await other.stop();
  expect(await isRunning(server.pid)).toBe(false);
});

const waiting = { timeout: 20_000, interval: 50 };

function start(port?: number) {
  return startEmbeddedPostgres({ dataDir, purpose: 'test', ...(port !== undefined && { port }) });
}

async function started(): Promise<EmbeddedPostgres> {
  const made = await start();
  if (!made.ok) throw new Error(made.message);
  return made;
}

function portOf({ appUrl }: EmbeddedPostgres): number {
  return Number(new URL(appUrl).port);
}

function kill(pid: number): void {
  killAll([pid, ...descendantsOf(pid).map((child) => child.pid)]);
}

/** Asked at the first address, as the processes of a portal do. */
async function answers(): Promise<number> {
  const client = new pg.Client(server.appUrl);
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query('SELECT 1 AS one').finally(() => client.end());
  return rows[0].one;
}

async function pidNow(): Promise<number> {
  const joined = await started();
  await joined.stop();
  return joined.pid;
}
