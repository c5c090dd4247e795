import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateClientKeyPair, readPrivateKey, readPublicKey } from './client-keys.ts';
import { openCompact, signCompact } from './jws.ts';
import { sandboxClientKeys } from './sandbox-client-keys.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aceite-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('two processes that start together get one pair and one integration key, readable by nobody else', async () => {
  const [first, second] = await Promise.all([1, 2].map(() => sandboxClientKeys({ dataDir: join(folder, 'together') })));
  expect(first).toEqual(second);
  expect(first?.apiClientKey).toMatch(/^[0-9a-f-]{36}$/);
  const privatePem = await readFile(first?.privateKeyFile ?? '', 'utf8');
  expect((await stat(first?.privateKeyFile ?? '')).mode & 0o777).toBe(0o600);
  const publicKey = readPublicKey(await readFile(first?.publicKeyFile ?? '', 'utf8'));
  expect(openCompact(signCompact('{}', readPrivateKey(privatePem)), publicKey)?.toString()).toBe('{}');
  expect(await sandboxClientKeys({ dataDir: join(folder, 'together') })).toEqual(first);
});

test('what a person has set wins, and the public file follows it', async () => {
  const dataDir = join(folder, 'set');
  const other = await sandboxClientKeys({ dataDir: join(folder, 'other') });
  await sandboxClientKeys({ dataDir });
  const keys = await sandboxClientKeys({ dataDir, privateKeyFile: other.privateKeyFile, apiClientKey: 'mine' });
  expect(keys).toMatchObject({ privateKeyFile: other.privateKeyFile, apiClientKey: 'mine' });
  expect(await readFile(keys.publicKeyFile)).toEqual(await readFile(other.publicKeyFile));
  expect(await readFile(keys.publicKeyFile, 'utf8')).not.toBe(generateClientKeyPair().publicKeyPem);
});
