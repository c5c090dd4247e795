import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openssl } from '#lib/testing/openssl.ts';
import { type SandboxStamps, startSandboxStamps } from '#lib/testing/sandbox-stamps.ts';
import { sandboxRoots } from '../sandbox-roots.ts';

const folder = mkdtempSync(join(tmpdir(), 'aceite-stamps-openssl-'));
const digest = createHash('sha256').update('a signed note').digest();
let stamps: SandboxStamps;
beforeAll(async () => {
  stamps = await startSandboxStamps(['first', 'second']);
  writeFileSync(join(folder, 'roots.pem'), stamps.roots);
});
afterAll(async () => {
  await stamps.end();
  rmSync(folder, { recursive: true });
});

async function ask(name: string, query: Uint8Array, type = 'application/timestamp-query'): Promise<Response> {
  return fetch(stamps.urlOf(name), { method: 'POST', headers: { 'Content-Type': type }, body: new Uint8Array(query) });
}

async function reply(name: string, query: Uint8Array): Promise<string> {
  const file = `${crypto.randomUUID()}.tsr`;
  writeFileSync(join(folder, file), new Uint8Array(await (await ask(name, query)).arrayBuffer()));
  return file;
}

const opensslQuery = (...more: string[]) =>
  openssl(folder, ['ts', '-query', '-sha256', '-digest', digest.toString('hex'), ...more]);

test('openssl takes the stamps that our client got', async () => {
  for (const [index, authority] of stamps.authorities.entries()) {
    const stamped = await authority.stamp(digest);
    if (!stamped.ok) throw new Error(stamped.reason);
    writeFileSync(join(folder, `${index}.tsr`), stamped.response);
    const verify = ['ts', '-verify', '-in', `${index}.tsr`, '-digest', digest.toString('hex'), '-CAfile', 'roots.pem'];
    expect(openssl(folder, verify).toString()).toMatch(/Verification: OK/);
  }
});

test('openssl takes the answer to its own query, nonce and all', async () => {
  const query = opensslQuery('-cert');
  writeFileSync(join(folder, 'own.tsq'), query);
  const verify = ['ts', '-verify', '-in', await reply('first', query), '-queryfile', 'own.tsq', '-CAfile', 'roots.pem'];
  expect(openssl(folder, verify).toString()).toMatch(/Verification: OK/);
});

test('two authorities have two roots, and neither vouches for the other', async () => {
  const [first = '', second = ''] = stamps.roots.split(/(?<=-----END CERTIFICATE-----\n)/);
  expect(first).not.toBe(second);
  writeFileSync(join(folder, 'second.pem'), second);
  const answer = await reply('first', opensslQuery('-cert'));
  const verify = ['ts', '-verify', '-in', answer, '-digest', digest.toString('hex'), '-CAfile', 'second.pem'];
  expect(() => openssl(folder, verify)).toThrow(/certificate verify error|unable to get/i);
});

test('a certificate is sent only to whoever asks for one', async () => {
  const withOne = statSync(join(folder, await reply('first', opensslQuery('-cert')))).size;
  expect(statSync(join(folder, await reply('first', opensslQuery()))).size).toBeLessThan(withOne - 300);
});

test.each([
  [
    'another hash',
    () => openssl(folder, ['ts', '-query', '-sha512', '-digest', 'ab'.repeat(64)]),
    'unrecognized or unsupported algorithm',
  ],
  ['a policy that it has not', () => opensslQuery('-tspolicy', '1.2.3'), 'policy is not supported'],
  ['what is no query', () => Buffer.from('no query'), 'data submitted has the wrong format'],
] as const)('%s is refused in the words of the protocol', async (_what, query, words) => {
  const text = openssl(folder, ['ts', '-reply', '-in', await reply('first', query()), '-text']).toString();
  expect(text).toMatch(/Status: Rejected/);
  expect(text).toContain(words);
});

test('what is not asked as the protocol says is refused by HTTP', async () => {
  expect((await fetch(stamps.urlOf('first'))).status).toBe(405);
  expect((await ask('first', opensslQuery(), 'text/plain')).status).toBe(415);
  expect((await ask('first', Buffer.alloc(5_000))).status).toBe(413);
  expect((await ask('third', opensslQuery())).status).toBe(404);
});

test('an authority that was sent away is away alone, until it is called back', async () => {
  await stamps.turn('first', 'away');
  expect((await ask('first', opensslQuery())).status).toBe(503);
  expect((await ask('second', opensslQuery())).status).toBe(200);
  await stamps.turn('first', 'back');
  expect((await ask('first', opensslQuery())).status).toBe(200);
});

test('roots and keys are made once, whoever asks first, and kept for nobody else', async () => {
  const place = join(folder, 'data');
  const ask = () => sandboxRoots({ folder: place, names: ['a', 'b'], file: join(place, 'roots.pem') });
  const answers = await Promise.all([ask(), ask(), ask()]);
  expect(new Set(answers).size).toBe(1);
  expect(readFileSync(join(place, 'roots.pem'), 'utf8')).toBe(answers[0]);
  for (const name of ['a', 'b'])
    expect(statSync(join(place, `time-stamp-authority-${name}.pem`)).mode & 0o777).toBe(0o600);
  writeFileSync(join(place, 'time-stamp-authority-a.pem'), 'broken');
  await expect(ask()).rejects.toThrow(/time-stamp-authority-a\.pem is damaged/);
});
