import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { generateClientKeyPair } from '#lib/providers/qitech/client-keys.ts';
import { type SandboxLender, startSandboxLender } from '#lib/providers/qitech/sandbox/start-sandbox-lender.ts';
import { doctor } from '#lib/testing/doctor.ts';
import { startScriptedLender } from '#lib/testing/scripted-lender.ts';

const apiClientKey = '2f9d2b7e-6c1a-4f0e-9a55-0a7f2f1f7c11';
let folder = '';
let lender: SandboxLender;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aceite-doctor-lender-'));
  const pair = generateClientKeyPair();
  await writeFile(join(folder, 'client.pem'), pair.privateKeyPem);
  await writeFile(join(folder, 'other.pem'), generateClientKeyPair().privateKeyPem);
  lender = await startSandboxLender({
    port: 0,
    dataFile: join(folder, 'lender.jsonl'),
    clientPublicKeyPem: pair.publicKeyPem,
    apiClientKey,
    isStrict: true,
  });
  await writeFile(join(folder, 'lender.pem'), lender.replyPublicKeyPem);
});
beforeEach(() => {
  vi.stubEnv('ACEITE_DATA_DIR', folder);
  vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none');
  vi.stubEnv('QITECH_BASE_URL', lender.url);
  vi.stubEnv('QITECH_API_CLIENT_KEY', apiClientKey);
  vi.stubEnv('QITECH_PRIVATE_KEY_FILE', join(folder, 'client.pem'));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await lender.stop();
  await rm(folder, { recursive: true });
});

const told = async () => (await doctor()).of('lender');

test('a lender that knows no such debt has accepted who asked', async () => {
  expect(await told()).toMatchObject({ status: 'ok', sentence: expect.stringMatching(/need no signature/) });
});

test('credentials that the lender does not accept are found, and are not printed', async () => {
  vi.stubEnv('QITECH_PRIVATE_KEY_FILE', join(folder, 'other.pem'));
  expect(await told()).toMatchObject({ status: 'failed', sentence: expect.stringMatching(/GDF000014/) });
  vi.stubEnv('QITECH_PRIVATE_KEY_FILE', join(folder, 'client.pem'));
  vi.stubEnv('QITECH_API_CLIENT_KEY', '00000000-0000-4000-8000-000000000000');
  const { out, of } = await doctor();
  // Answered with 404, as for a debt that is not there.
  expect(of('lender')).toMatchObject({ status: 'failed', sentence: expect.stringMatching(/GDF000018/) });
  expect(out).not.toContain('00000000-0000-4000');
});

test("the lender's signature is demanded where its public key is set", async () => {
  vi.stubEnv('QITECH_AUTH_SCHEME', 'encoded-body');
  vi.stubEnv('QITECH_PUBLIC_KEY_FILE', join(folder, 'lender.pem'));
  expect(await told()).toMatchObject({ status: 'ok', sentence: expect.stringMatching(/bear its signature/) });
  const { publicKeyPem } = generateClientKeyPair();
  await writeFile(join(folder, 'stranger.pem'), publicKeyPem);
  vi.stubEnv('QITECH_PUBLIC_KEY_FILE', join(folder, 'stranger.pem'));
  expect(await told()).toMatchObject({
    status: 'failed',
    whatToDo: [expect.stringMatching(/QITECH_PUBLIC_KEY_FILE/)],
  });
});

test('a lender that does not answer, or is no lender, is not said to accept anything', async () => {
  vi.stubEnv('QITECH_BASE_URL', 'http://127.0.0.1:1');
  expect(await told()).toMatchObject({ status: 'failed', sentence: expect.stringMatching(/connection_refused/) });
  const other = await startScriptedLender();
  vi.stubEnv('QITECH_BASE_URL', other.url);
  other.script.questions = [{ status: 503, json: {} }];
  expect(await told()).toMatchObject({ status: 'failed', sentence: expect.stringMatching(/status_503/) });
  await other.stop();
});

test('what a lender calls a code is printed only when it has the form of one', async () => {
  const other = await startScriptedLender();
  vi.stubEnv('QITECH_BASE_URL', other.url);
  other.script.questions = [{ status: 401, json: { title: 'Unauthorized', code: '\u001b[2J key of eyJhbGciOi' } }];
  const { out, of } = await doctor();
  expect(of('lender')).toMatchObject({ status: 'failed', sentence: expect.stringMatching(/\(status_401\)/) });
  expect(out).not.toContain('eyJhbGciOi');
  await other.stop();
});

test.each([
  [3_000, 'ok', /accepts our credentials/],
  [20_000, 'warning', /(19|20|21) seconds ahead of/],
  [-200_000, 'failed', /(199|200|201) seconds behind/],
])("a lender's clock that is %i ms from ours is %s", async (ms, status, sentence) => {
  const other = await startScriptedLender();
  const date = new Date(Date.now() + ms).toUTCString();
  other.script.questions = [{ status: 404, json: {}, headers: { Date: date } }];
  vi.stubEnv('QITECH_BASE_URL', other.url);
  expect(await told()).toMatchObject({ status, sentence: expect.stringMatching(sentence) });
  await other.stop();
});
