import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeOnce } from './write-once.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aceite-once-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('of many that write a file at once one wins whole, for its owner alone, and no draft is left', async () => {
  const file = join(folder, 'secret');
  const texts = Array.from({ length: 20 }, (_, at) => `${at}`.repeat(10_000));
  await Promise.all(texts.map((text) => writeOnce(file, text)));
  const kept = await readFile(file, 'utf8');
  expect(texts).toContain(kept);
  await writeOnce(file, 'another');
  expect(await readFile(file, 'utf8')).toBe(kept);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['secret']);
});

test('a file that cannot be there is a fault and not taken for one that is', async () => {
  await expect(writeOnce(join(folder, 'nowhere', 'secret'), 'x')).rejects.toThrow('ENOENT');
});
