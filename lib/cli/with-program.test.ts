import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isInstalled } from './with-program.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aceite-installed-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('an installation is new until a database of its own was made, or another is named', async () => {
  const dataDir = join(folder, 'data');
  expect(await isInstalled({ dataDir })).toBe(false);
  expect(await isInstalled({ dataDir, databaseUrl: 'postgres://portal@db.example/aceite' })).toBe(true);
  const place = { dataDir: folder, folder: 'postgres', isFurnished: true };
  const passwords = { admin: 'a', owner: 'b', login: 'c' };
  await writeFile(join(folder, 'postgres.json'), JSON.stringify({ ...place, passwords }));
  expect(await isInstalled({ dataDir: folder })).toBe(true);
});
