import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { aceite, aceiteJson, commandPlace } from '#lib/testing/command-line.ts';
import { doctor } from '#lib/testing/doctor.ts';
import { removeWrappingKey } from '#lib/vault/key-file-changes.ts';
import { makeLogKeyFile } from '../log-key-file.ts';
import { beginLogMemory, memoryFileOf } from '../log-memory.ts';

const place = commandPlace();
const keysFile = () => join(place.dataDir, 'keys.json');
const logKey = () => join(place.dataDir, 'log.key');

beforeAll(async () => {
  vi.stubEnv('ACEITE_DATA_DIR', place.dataDir);
  vi.stubEnv('DATABASE_URL', place.database.url);
  await aceiteJson('link');
});
beforeEach(() => {
  vi.stubEnv('PORT', '1');
});

const told = async (id: string) => (await doctor()).of(id);

test('a key file that is whole and closed is well, and one that others can open is told', async () => {
  expect(await told('key-file')).toMatchObject({ status: 'ok' });
  const mend = expect.stringMatching(new RegExp(`^Run: chmod 600 ${keysFile()}`));
  await chmod(keysFile(), 0o640);
  expect(await told('key-file')).toMatchObject({ status: 'warning', whatToDo: [mend] });
  await chmod(keysFile(), 0o604);
  expect(await told('key-file')).toMatchObject({ status: 'failed', whatToDo: [mend, expect.anything()] });
  await chmod(keysFile(), 0o600);
});

test('a broken key file is found, nothing of it is printed, and what needs it is not judged', async () => {
  const whole = await readFile(keysFile(), 'utf8');
  await writeFile(keysFile(), whole.slice(0, -100));
  const { out, of } = await doctor();
  expect(of('key-file')).toMatchObject({ status: 'failed', sentence: expect.stringMatching(/cannot be read/) });
  for (const id of ['wrapping-keys', 'proxies']) expect(of(id).status).toBe('not_checked');
  expect(out).not.toContain(JSON.parse(whole).linkKey);
  await writeFile(keysFile(), whole);
});

test('sessions whose wrapping key the file has lost are counted', async () => {
  const before = await readFile(keysFile());
  const lost = String(JSON.parse(before.toString()).currentWrappingKeyId);
  await aceiteJson('keys', 'rotate');
  expect(await told('wrapping-keys')).toMatchObject({ status: 'ok' });
  const far = new Date(Date.now() + 10 ** 9);
  await removeWrappingKey(keysFile(), { id: lost, at: far, retire: async () => 0 });
  const found = { status: 'failed', sentence: expect.stringMatching(new RegExp(`: 1\\. .* ${lost}\\.$`)) };
  expect(await told('wrapping-keys')).toMatchObject(found);
  await writeFile(keysFile(), before);
});

test("the log's key is looked at where it is, with its memory and its mode", async () => {
  expect(await told('log-key')).toMatchObject({ status: 'not_checked' });
  makeLogKeyFile(logKey(), '127.0.0.1:3000/log');
  expect(await told('log-key')).toMatchObject({ status: 'failed', whatToDo: [expect.stringMatching(/--adopt/)] });
  await beginLogMemory(logKey());
  expect(await told('log-key')).toMatchObject({ status: 'ok' });
  await chmod(logKey(), 0o644);
  expect(await told('log-key')).toMatchObject({ status: 'failed', sentence: expect.stringMatching(/Every user/) });
  await writeFile(logKey(), 'not a key');
  expect(await told('log-key')).toMatchObject({
    status: 'failed',
    sentence: expect.stringMatching(/is not the key file/),
  });
  await rm(logKey());
  await rm(memoryFileOf(logKey()));
});

test('API keys are a hint, and are not printed', async () => {
  const { out, of } = await doctor();
  expect(of('api-keys')).toMatchObject({ status: 'ok', sentence: expect.stringMatching(/without an end: 1;/) });
  const { items } = (await aceiteJson('api-key', 'list')) as { items: { lastFour: string }[] };
  expect(out).not.toContain(items[0]?.lastFour ?? 'none');
});

test('explains itself and takes no other option', async () => {
  expect((await aceite('doctor', '--help')).out).toMatch(/^Usage: npm run aceite -- doctor \[--json\]/);
  expect(await aceite('doctor', '--colour')).toMatchObject({ code: 2, err: expect.stringMatching(/--colour/) });
});
