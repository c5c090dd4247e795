import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { nothingSeen } from '#lib/evidence/log/judge-checkpoint.ts';
import { formatVerifierKey } from '#lib/evidence/log/verifier-key.ts';
import { signedTree } from '#lib/testing/signed-tree.ts';
import { openWitnessFolder } from './witness-folder.ts';

const log = signedTree({ origin: 'log.example', seedByte: 1 });
let root = '';
let folder = '';
const memory = () => join(folder, 'seen.json');
const key = () => join(folder, 'witness.key');

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'aceite-witness-folder-'));
});
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'test-'));
});
afterAll(() => rm(root, { recursive: true }));

test('what is remembered is there at the next opening, under the same key', async () => {
  const first = await remember('log.example', 9);
  const again = await open();
  expect(formatVerifierKey(again.key)).toBe(formatVerifierKey(first));
  expect(again.seenOf('log.example')).toMatchObject({ size: 9 });
  expect(again.seenOf('other.example')).toEqual(nothingSeen());
});

test.each(['__proto__', 'constructor', 'log"example', 'log\u2028'])('a log may be called %j', async (origin) => {
  await remember(origin, 9);
  const again = await open();
  expect(again.seenOf(origin)).toMatchObject({ size: 9 });
  expect(again.seenOf('toString')).toEqual(nothingSeen());
});

test('a folder that is open is not opened again, and one that was refused is let go', async () => {
  const { release } = await open();
  await expect(open()).rejects.toThrow('Another witness already works in');
  await release();
  await rm(memory());
  await expect(open()).rejects.toThrow('it could be shown another history now');
  await expect(open()).rejects.toThrow('it could be shown another history now');
});

test('the lock of a process that is gone counts for nothing', async () => {
  await writeFile(join(folder, 'in-use'), '4194305-1');
  expect((await open()).seenOf('log.example')).toEqual(nothingSeen());
});

test('a first start that was cut off before the key was written is simply done again', async () => {
  await writeFile(memory(), '{}\n');
  expect((await open()).key.name).toBe('witness');
});

test('with --adopt a lost memory begins again, and one that is there is kept', async () => {
  await remember('log.example', 9);
  const kept = await open({ isAdopted: true });
  expect(kept.seenOf('log.example')).toMatchObject({ size: 9 });
  await kept.release();
  await rm(memory());
  const adopted = await open({ isAdopted: true });
  expect(adopted.seenOf('log.example')).toEqual(nothingSeen());
  await adopted.release();
  await open();
});

test.each<[string, (text: string) => string]>([
  ['empty', () => ''],
  ['cut short', (text) => text.slice(0, -3)],
  ['of another witness', (text) => text.replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
  ['with a size that is none', (text) => text.replace('\\n9\\n', '\\nx\\n')],
  ['with something else for a note', (text) => text.replace(/"log.example": ".*"/, '"log.example": 9')],
  ['without logs', (text) => text.replace('"logs"', '"log"')],
  ['that is no object', () => 'null\n'],
])('a memory %s is refused, also with --adopt', async (_, damage) => {
  await remember('log.example', 9);
  await writeFile(memory(), damage(await readFile(memory(), 'utf8')));
  const refused = 'is damaged, or belongs to another key';
  await expect(open()).rejects.toThrow(refused);
  await expect(open({ isAdopted: true })).rejects.toThrow(refused);
});

test('a memory without its key is refused, also with --adopt', async () => {
  await remember('log.example', 9);
  await rm(key());
  await expect(open({ isAdopted: true })).rejects.toThrow('Put the key back');
});

test.each<[string, (text: string) => string]>([
  ['empty', () => ''],
  ['renamed', (text) => text.replace('+witness+', '+another+')],
  ['of a log', (text) => text.replace(/\+B(.{43})\n$/, '+A$1\n')],
])('a key file %s is refused, and no word of it is repeated', async (_, damage) => {
  await remember('log.example', 9);
  const text = damage(await readFile(key(), 'utf8'));
  await writeFile(key(), text);
  const error: Error = await open().then(
    () => new Error('it was opened'),
    (reason) => reason,
  );
  expect(error.message).toContain('is damaged');
  expect(text === '' || !error.message.includes(text.slice(-20).trim())).toBe(true);
});

test('the name is chosen once', async () => {
  await (await open({ name: 'witness.example/w1' })).release();
  await expect(open({ name: 'witness.example/w2' })).rejects.toThrow('This witness is called witness.example/w1');
  expect((await open({ name: 'witness.example/w1' })).key.name).toBe('witness.example/w1');
});

function open(options: { name?: string; isAdopted?: boolean } = {}) {
  return openWitnessFolder(folder, { name: undefined, isAdopted: false, ...options });
}

/** A start that remembers one checkpoint and ends; gives the key. */
async function remember(origin: string, size: number) {
  const witness = await open();
  await witness.remember(origin, await log.checkpoint(size));
  await witness.release();
  return witness.key;
}
