import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginLogMemory, logMemory } from './log-memory.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aceite-log-memory-'));
});
afterAll(() => rm(folder, { recursive: true }));

const history = (size: number, seed = size) => ({ size, root: new Uint8Array(32).fill(seed) });

test('a signer that was overtaken while it held still does not turn the memory back', async () => {
  const keyFile = join(folder, 'log.key');
  await beginLogMemory(keyFile, history(10));
  const [slow, quick] = [logMemory(keyFile), logMemory(keyFile)];
  expect(await slow.recall()).toEqual(history(10));
  await quick.remember(history(14));
  await expect(slow.remember(history(12))).rejects.toThrow('another signer');
  await expect(slow.remember(history(14, 7))).rejects.toThrow('another signer');
  expect(await quick.recall()).toEqual(history(14));
  await slow.remember(history(14));
  await slow.remember(history(15));
  expect(await quick.recall()).toEqual(history(15));
});
