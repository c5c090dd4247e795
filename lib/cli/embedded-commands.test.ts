import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { childEnvironment } from '#lib/config.ts';
import { startEmbeddedPostgres } from '#lib/db/embedded-postgres.ts';
import { clusterFolderOf } from '#lib/testing/running-portal.ts';

let dataDir = '';

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'aceite-embedded-'));
});
afterAll(async () => {
  await rm(await clusterFolder(), { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
});

test('without a running portal a command starts the database, migrates it, and leaves nothing running', async () => {
  await expect(aceite('migrate', '--check')).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^Missing: 0001_/),
  });
  expect(JSON.parse(await aceite('migrate', '--json'))).toMatchObject({
    applied: expect.arrayContaining([expect.stringMatching(/^0001_/)]),
  });
  expect(JSON.parse(await aceite('migrate', '--json'))).toEqual({ applied: [] });
  expect(await aceite('migrate', '--check')).toBe('The database is at this version.\n');
  expect(await aceite('link')).toMatch(/\/s\/[\w-]{43}\n$/);
  expect(await isRunning()).toBe(false);
});

test('beside a running portal commands join its database and leave it running', async () => {
  const portal = await startEmbeddedPostgres({ dataDir, purpose: 'portal' });
  if (!portal.ok) throw new Error(portal.message);
  const [one, other] = await Promise.all([aceite('link'), aceite('workspace', 'list', '--json')]);
  expect(one).toMatch(/\/s\/[\w-]{43}\n$/);
  expect(JSON.parse(other).items).toMatchObject([{ name: 'Loja Exemplo' }]);
  expect(await isRunning()).toBe(true);
  await portal.stop();
  expect(await isRunning()).toBe(false);
});

/** As a process of its own, which is how the users of one server are counted. */
async function aceite(...argv: string[]): Promise<string> {
  const main = join(import.meta.dirname, 'main.ts');
  const env = childEnvironment({ ACEITE_DATA_DIR: dataDir, DATABASE_URL: 'embedded' });
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...argv], { env });
  return stdout;
}

async function isRunning(): Promise<boolean> {
  return existsSync(join(await clusterFolder(), 'data', 'postmaster.pid'));
}

async function clusterFolder(): Promise<string> {
  return (await clusterFolderOf(dataDir)) ?? '';
}
