import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aceite, aceiteJson, commandPlace } from '#lib/testing/command-line.ts';
import { readKeyFile } from '#lib/vault/key-file.ts';
import { addWrappingKey, removeWrappingKey } from '#lib/vault/key-file-changes.ts';

const place = commandPlace();
const keysFile = () => join(place.dataDir, 'keys.json');

type Listed = { wrappingKeyId: string; isCurrent: boolean; isInKeyFile: boolean; isRetired: boolean; sessions: number };
const listed = async () => (await aceiteJson('keys', 'list')).items as Listed[];
const current = async () => (await listed()).find(({ isCurrent }) => isCurrent)?.wrappingKeyId;

test('a new key is made and used, the sessions move to it, and the old one stays until it may go', async () => {
  await aceiteJson('link');
  expect(await listed()).toEqual([
    { wrappingKeyId: 'k1', isCurrent: true, isInKeyFile: true, isRetired: false, sessions: 1 },
  ]);
  const { wrappingKeyId } = await aceiteJson('keys', 'rotate');
  expect(wrappingKeyId).toMatch(/^k20\d{6}-[0-9a-f]{4}$/);
  await aceiteJson('link');
  const sessions = async () => Object.fromEntries((await listed()).map((key) => [key.wrappingKeyId, key.sessions]));
  expect(await sessions()).toEqual({ k1: 1, [String(wrappingKeyId)]: 1 });
  expect(await aceite('keys', 'remove', 'k1')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/removed from 20.*Z on/),
  });

  const rewrapped = await aceite('keys', 'rewrap');
  expect(rewrapped).toMatchObject({ code: 0, out: `Wrapped 1 sessions with the key ${wrappingKeyId}; 0 are left.` });
  expect(await sessions()).toEqual({ k1: 0, [String(wrappingKeyId)]: 2 });
  expect(await aceiteJson('keys', 'rewrap')).toMatchObject({ rewrapped: 0, left: [], unreadable: [] });
  expect((await aceite('keys', 'list')).out).toMatch(/k1 +readable +0\n.* current +2\n\nseal, public key/);
});

test('the seal is changed, and the public keys of all seals stay to be read', async () => {
  const seals = async () =>
    (await aceiteJson('keys', 'list')).seal as { publicKey: string; formerPublicKeys: string[] };
  const first = await seals();
  expect(first).toEqual({ publicKey: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/), formerPublicKeys: [] });
  const { publicKey: second } = await aceiteJson('keys', 'rotate', 'seal');
  const { publicKey: third } = await aceiteJson('keys', 'rotate', 'seal');
  expect(await seals()).toEqual({ publicKey: third, formerPublicKeys: [second, first.publicKey] });
  const { out } = await aceite('keys', 'list');
  expect(out).toContain(`seal, public key (Ed25519, base64): ${third}\nbefore it: ${second}\n`);
  const { out: said } = await aceite('keys', 'rotate', 'seal');
  expect(said).toBe(
    `The seal has changed; its public key is ${(await seals()).publicKey}. Keep a copy of the key file now, and give the public key to all who verify.`,
  );
});

test.each([
  ['cookie', 'cookieKey'],
  ['offer', 'offerKey'],
  ['document-link', 'documentLinkKey'],
] as const)('the key for %s is changed alone, and the one before counts unless it has leaked', async (name, field) => {
  const file = async () => JSON.parse(await readFile(keysFile(), 'utf8'));
  const { [field]: before, ...others } = await file();
  expect(await aceiteJson('keys', 'rotate', name)).toEqual({ changed: field });
  const { [field]: after, formerKeys, ...same } = await file();
  expect({ ...same, formerKeys: others.formerKeys }).toEqual(others);
  expect(after).not.toBe(before);
  expect(formerKeys[field]).toEqual([{ key: before, replacedAt: expect.any(String) }]);
  expect((await aceite('keys', 'rotate', name, '--leaked')).out).toContain('counts for nothing');
  expect((await file()).formerKeys[field]).toEqual([]);
});

test('a new installation gets its key file by a command, and no file is ever replaced by one', async () => {
  const path = join(place.dataDir, 'new-keys.json');
  expect(await aceite('keys', 'create', path)).toMatchObject({ code: 0, out: expect.stringContaining(path) });
  const made = await readFile(path, 'utf8');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(readKeyFile(path).currentWrappingKeyId).toBe('k1');
  expect(await aceite('keys', 'create', path)).toMatchObject({ code: 1, err: expect.stringMatching(/exists already/) });
  expect(await readFile(path, 'utf8')).toBe(made);
  expect(await aceite('keys', 'create')).toMatchObject({ code: 2, err: expect.stringMatching(/path of one new file/) });
});

describe('a key file of an earlier version', () => {
  const withoutSeal = async () => {
    const { sealKey: _, ...older } = JSON.parse(await readFile(keysFile(), 'utf8'));
    await writeFile(keysFile(), JSON.stringify(older));
    return older;
  };

  test('gets its seal by one command, and keeps all that it has', async () => {
    const older = await withoutSeal();
    expect(await aceiteJson('keys', 'complete')).toEqual({ added: ['sealKey'] });
    const { sealKey, ...rest } = JSON.parse(await readFile(keysFile(), 'utf8'));
    expect(sealKey).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(rest).toEqual(older);
    expect(await aceite('keys', 'complete')).toMatchObject({ code: 0, out: expect.stringContaining('has all keys') });
    expect(JSON.parse(await readFile(keysFile(), 'utf8')).sealKey).toBe(sealKey);
  });

  test('gets it by itself in a sandbox', async () => {
    await withoutSeal();
    expect(await aceiteJson('keys', 'list')).toMatchObject({ seal: { publicKey: expect.any(String) } });
  });

  test('is not changed behind the back of anybody who is at it', async () => {
    const older = await withoutSeal();
    await writeFile(`${keysFile()}.new`, '');
    const refused = { code: 1, err: expect.stringMatching(/delete .*keys\.json\.new and try again/) };
    expect(await aceite('keys', 'complete')).toMatchObject(refused);
    expect(await aceite('keys', 'list')).toMatchObject(refused);
    expect(JSON.parse(await readFile(keysFile(), 'utf8'))).toEqual(older);
    await rm(`${keysFile()}.new`);
    await aceite('keys', 'complete');
  });
});

test('a key can be added first and used later, and be taken away again while nothing uses it', async () => {
  const before = await current();
  const { wrappingKeyId } = await aceiteJson('keys', 'add');
  expect(await current()).toBe(before);
  expect(await aceite('keys', 'remove', String(wrappingKeyId))).toMatchObject({ code: 0 });
  // As another machine's older copy of the file has it.
  await addWrappingKey(keysFile(), String(wrappingKeyId));
  expect((await aceite('keys', 'list')).out).toMatch(new RegExp(`${wrappingKeyId} +taken away +0`));
  expect(await aceite('keys', 'use', String(wrappingKeyId))).toMatchObject({
    code: 1,
    err: expect.stringMatching(/taken away for good/),
  });
  expect(await current()).toBe(before);
  const again = String((await aceiteJson('keys', 'add')).wrappingKeyId);
  expect(await aceite('keys', 'use', again)).toMatchObject({ code: 0, out: expect.stringContaining('keys rewrap') });
  expect(await current()).toBe(again);
});

test('a key that sessions need is not removed, however long ago it was replaced', async () => {
  await aceiteJson('link');
  const old = String(await current());
  await aceiteJson('keys', 'rotate');
  const file = JSON.parse(await readFile(keysFile(), 'utf8'));
  await writeFile(keysFile(), JSON.stringify({ ...file, replacedAt: {} }));
  const refused = await aceite('keys', 'remove', old);
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^\d sessions need .*keys rewrap Nothing was changed\.$/),
  });
  expect((await listed()).map(({ wrappingKeyId }) => wrappingKeyId)).toContain(old);
});

test('sessions whose key the file has lost are named, and nothing else is held up by them', async () => {
  await aceiteJson('keys', 'rewrap');
  await aceiteJson('link');
  const lost = String(await current());
  await aceiteJson('keys', 'rotate');
  // As if the file had been put back from before: what the command would never do.
  const far = new Date(Date.now() + 10 ** 9);
  const whole = await readFile(keysFile());
  await removeWrappingKey(keysFile(), { id: lost, at: far, retire: async () => 0 });
  expect((await aceite('keys', 'list')).out).toMatch(new RegExp(`${lost} +MISSING from the key file +\\d`));
  const stopped = await aceite('keys', 'rewrap');
  expect(stopped).toMatchObject({ code: 1, out: expect.stringContaining(`The key file has no ${lost}: put it back`) });
  await writeFile(keysFile(), whole);
  expect(await aceiteJson('keys', 'rewrap')).toMatchObject({ left: [], unreadable: [] });
});

describe('refused with a sentence', () => {
  test.each([
    [['remove', 'k9'], 1, /has no wrapping key k9\. Nothing was changed/],
    [['use', 'k9'], 1, /has no wrapping key k9\. Nothing was changed/],
    [['remove'], 2, /the id of one key/],
    [['use', 'a', 'b'], 2, /the id of one key/],
    [['rotate', '--colour'], 2, /--colour/],
    [['rotate', 'linkKey'], 2, /no key "linkKey" to change; there are: wrapping, seal, cookie, offer, document-link/],
    [['rotate', 'offer', 'cookie'], 2, /one key/],
    [['rotate', '--leaked'], 2, /--leaked is for these alone: cookie, offer, document-link/],
    [['rotate', 'seal', '--leaked'], 2, /--leaked is for these alone/],
    [['destroy'], 2, /There is no "keys destroy"; there are: rotate, rewrap, list, remove, add, use, complete, create/],
  ])('%j', async (args, code, sentence) => {
    expect(await aceite('keys', ...args)).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
  });

  test('the current key', async () => {
    const refused = await aceite('keys', 'remove', String(await current()));
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/new sessions use.*keys rotate/) });
  });

  test('a change beside another one', async () => {
    await writeFile(`${keysFile()}.new`, '');
    const refused = await aceite('keys', 'rotate');
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/delete .*keys\.json\.new and try again/) });
  });
});
