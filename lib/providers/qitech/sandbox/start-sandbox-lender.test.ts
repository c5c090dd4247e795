import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sandboxLenderRows } from '#lib/domain/sandbox-lender.ts';
import type { LenderAcceptance } from '#lib/providers/lender.ts';
import { createQitechLender, type QitechOptions } from '#lib/providers/qitech/client.ts';
import { generateClientKeyPair, readPrivateKey } from '#lib/providers/qitech/client-keys.ts';
import { signedHeader } from '#lib/providers/qitech/signed-header.ts';
import { lenderOutcomes, waitingRows } from '#lib/testing/lender-outcomes.ts';
import { type SandboxLender, type SandboxLenderOptions, startSandboxLender } from './start-sandbox-lender.ts';

const pair = generateClientKeyPair();
const apiClientKey = '5d1c6c07-3ac5-4b6c-9f9b-0a0e0f3ad1aa';
const acceptance: LenderAcceptance = {
  signingSessionId: '3f1d2c4b-5a69-4788-9a0b-1c2d3e4f5a6b',
  debtKey: 'debt-1',
  contractText: '\nCédula\r\n "nº 1" e\u0301 😀 </script> \t',
  acceptedAt: new Date('2026-01-01T02:30:59.999Z'),
  clientIp: '192.0.2.1',
  signer: { name: 'Ana Souza', email: 'ana@example.com', document: '11144477735', phone: '+5511987654321' },
};
let folder = '';
let dataFile = '';
let twin: SandboxLender;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aceite-lender-'));
});
beforeEach(async () => {
  files += 1;
  dataFile = join(folder, `${files}.jsonl`);
  twin = await started();
});
afterEach(() => twin.stop());
afterAll(() => rm(folder, { recursive: true }));

describe.each(['signed-header', 'encoded-body'] as const)('every row of the table, by %s', (authScheme) => {
  test.each(sandboxLenderRows)('$behaviour ends as $endsAs', async (row) => {
    const { behaviour, endsAs } = row;
    const cpf = 'cpf' in row ? row.cpf : '52998224725';
    const { first, verdicts, attempts = verdicts.length } = lenderOutcomes[behaviour];
    const limits = waitingRows.includes(behaviour) ? { firstByteMs: 300, totalMs: 600 } : {};
    const lender = lenderOf({ authScheme, limits });
    const bytes = lender.encode({ ...acceptance, signer: { ...acceptance.signer, document: cpf } });
    expect(await lender.submit('debt-1', bytes)).toMatchObject(first);
    for (let sends = 1; sends < attempts; sends += 1) {
      expect(await lender.query('debt-1')).toMatchObject({ class: 'waiting_signature' });
      await lender.submit('debt-1', bytes);
    }
    const state =
      endsAs === 'DELIVERED' ? 'signed' : behaviour === 'cancels_meanwhile' ? 'canceled' : 'waiting_signature';
    expect(await lender.query('debt-1')).toMatchObject({ class: state === 'canceled' ? 'debt_cancelled' : state });
    const { status, received } = await shown('debt-1');
    expect(status).toBe(state);
    expect(received.filter(({ method }) => method === 'POST').map(({ verdict }) => verdict)).toEqual(verdicts);
  });
});

test('the limiting row says how long, and the refusing row says why', async () => {
  const lender = lenderOf();
  const limited = await lender.submit('debt-1', lender.encode(signedBy('10000000876')));
  expect(limited).toMatchObject({ class: 'retry', retryAfterMs: 2_000 });
  const refused = await lender.submit('debt-2', lender.encode(signedBy('10000000280')));
  expect(refused.words).toMatchObject({ code: 'LEG000069' });
  expect(refused.words?.translation).toMatch(/corpo da requisição/);
});

test('what it received is kept byte for byte, whatever the text', async () => {
  const lender = lenderOf();
  const bytes = lender.encode(acceptance);
  await lender.submit('debt-1', bytes);
  const { received } = await shown('debt-1');
  const kept = Buffer.from(received[0]?.bodyBase64 ?? '', 'base64');
  expect(kept).toEqual(Buffer.from(bytes));
  expect(received[0]).toMatchObject({
    method: 'POST',
    path: '/debt/debt-1/signed',
    headers: { 'api-client-key': apiClientKey },
  });
  const text = JSON.parse(kept.toString()).signatures[0].signed_object.raw_text;
  expect(sha256(text)).toBe(sha256(acceptance.contractText));
});

test('a second signature is refused and counted, and our client asks instead of believing it lost', async () => {
  const lender = lenderOf();
  const bytes = lender.encode(acceptance);
  await lender.submit('debt-1', bytes);
  expect(await lender.submit('debt-1', bytes)).toMatchObject({ class: 'ambiguous', reason: 'already_signed' });
  expect((await shown('debt-1')).received.map(({ verdict }) => verdict)).toEqual(['accepted', 'already_signed']);
});

test('of many signatures at once exactly one is stored', async () => {
  const lender = lenderOf();
  const bytes = lender.encode(acceptance);
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => lender.submit('debt-1', bytes)));
  expect(outcomes.filter((outcome) => outcome.class === 'delivered')).toHaveLength(1);
  expect((await shown('debt-1')).received.filter(({ verdict }) => verdict === 'accepted')).toHaveLength(1);
});

describe('after a restart on the same file', () => {
  test('nothing that was answered is forgotten, and "twice" stays twice', async () => {
    const before = lenderOf();
    await before.submit('debt-1', before.encode(acceptance));
    await before.submit('debt-2', before.encode(signedBy('10000000361')));
    await twin.stop();
    twin = await started();
    const lender = lenderOf();
    expect(await lender.query('debt-1')).toMatchObject({ class: 'signed' });
    const bytes = lender.encode(signedBy('10000000361'));
    expect(await lender.submit('debt-2', bytes)).toMatchObject({ reason: 'status_500' });
    expect(await lender.submit('debt-2', bytes)).toMatchObject({ class: 'delivered' });
    expect((await shown('debt-2')).received).toHaveLength(3);
  });
});

describe('debts', () => {
  test('when strict, exist only once they were created', async () => {
    await twin.stop();
    twin = await started({ isStrict: true });
    const lender = lenderOf();
    expect(await lender.submit('debt-1', lender.encode(acceptance))).toMatchObject({ class: 'debt_not_found' });
    expect(await lender.query('debt-1')).toMatchObject({ class: 'unknown', reason: 'status_404' });
    expect(await shown('debt-1')).toMatchObject({ status: 'unknown' });
    expect(await asked('POST', '/debt', '{"key":"debt-1"}')).toMatchObject({
      status: 201,
      json: { key: 'debt-1', status: 'waiting_signature' },
    });
    expect(await asked('POST', '/debt', '{"key":"debt-1"}')).toMatchObject({ status: 400 });
    expect(await lender.submit('debt-1', lender.encode(acceptance))).toMatchObject({ class: 'delivered' });
  });

  test('can be cancelled while they wait, and take no signature after that', async () => {
    expect(await asked('PATCH', '/debt/debt-1/cancel', '{}')).toMatchObject({ status: 200 });
    const lender = lenderOf();
    expect(await lender.submit('debt-1', lender.encode(acceptance))).toMatchObject({ class: 'ambiguous' });
    expect(await lender.query('debt-1')).toMatchObject({ class: 'debt_cancelled', debtStatus: 'canceled' });
    expect(await asked('PATCH', '/debt/debt-1/cancel', '{}')).toMatchObject({ status: 400 });
  });

  test('get a key when none was given; a key that is none is refused', async () => {
    const created = await asked('POST', '/debt', '{"borrower":{}}');
    expect(created).toMatchObject({ status: 201, json: { webhook_type: 'debt', data: { contract: {} } } });
    expect(await asked('POST', '/debt', '{"key":"a b"}')).toMatchObject({ status: 400 });
    expect(await asked('POST', '/debt', '[]')).toMatchObject({ status: 400 });
    expect(await asked('GET', '/debt')).toMatchObject({ status: 400 });
    expect(await asked('DELETE', '/debt/debt-1')).toMatchObject({ status: 404 });
  });
});

describe('whoever is not our client', () => {
  test('is refused in the documented words, and what was sent is kept', async () => {
    const stranger = lenderOf({ privateKeyPem: generateClientKeyPair().privateKeyPem });
    const bytes = stranger.encode(acceptance);
    expect(await stranger.submit('debt-1', bytes)).toMatchObject({ class: 'paused', words: { code: 'GDF000014' } });
    const unknown = await lenderOf({ apiClientKey: 'another-integration' }).submit('debt-1', bytes);
    expect(unknown).toMatchObject({ class: 'paused', words: { code: 'GDF000018' } });
    expect(unknown.words?.message).toMatch(/\[redacted\]$/);
    const { status, received } = await shown('debt-1');
    expect(status).toBe('waiting_signature');
    expect(received.map(({ verdict }) => verdict)).toEqual(['token_signature_invalid', 'api_key_unknown']);
  });

  test('gets a clear answer to nonsense, and the next caller is served', async () => {
    const lender = lenderOf();
    expect(await plain('GET', '//[/')).toMatchObject({ status: 400 });
    expect(await plain('POST', '/debt/debt-1/signed', '{')).toMatchObject({ status: 400, json: { code: 'GDF000003' } });
    expect(await asked('POST', '/debt/debt-1/signed', Buffer.from([0xff, 0xfe]))).toMatchObject({ status: 400 });
    expect(await asked('POST', '/debt/debt-1/signed', '"raw_text"')).toMatchObject({ status: 400 });
    expect(await plain('POST', '/debt/debt-1/signed', Buffer.alloc(9 * 1024 * 1024))).toMatchObject({ status: 413 });
    expect(await rawAnswer('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
    await rawAnswer('POST /debt/debt-1/signed HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc', 'hang up');
    expect(await lender.submit('debt-1', lender.encode(acceptance))).toMatchObject({ class: 'delivered' });
  });
});

test('a stalled answer holds nobody else up', async () => {
  const lender = lenderOf();
  const stalled = lender.submit('debt-1', lender.encode(signedBy('10000000523')));
  await expect.poll(async () => (await shown('debt-1')).status).toBe('signed');
  expect(await lender.submit('debt-2', lender.encode(acceptance))).toMatchObject({ class: 'delivered' });
  await twin.stop();
  expect(await stalled).toMatchObject({ class: 'ambiguous', reason: 'connection_reset' });
  twin = await started();
});

test('replies in the older scheme are signed, so that a client with the key believes them and nobody else’s', async () => {
  const options = { authScheme: 'encoded-body', lenderPublicKeyPem: twin.replyPublicKeyPem } as const;
  const lender = lenderOf(options);
  expect(await lender.query('debt-1')).toMatchObject({ class: 'waiting_signature' });
  expect(await lender.submit('debt-1', lender.encode(acceptance))).toMatchObject({ class: 'delivered' });
  const suspicious = lenderOf({ ...options, lenderPublicKeyPem: pair.publicKeyPem });
  expect(await suspicious.query('debt-1')).toMatchObject({ class: 'unknown', reason: 'reply_not_signed' });
});

test('a taken port is an error of the start, not of the process', async () => {
  await expect(started({ port: Number(new URL(twin.url).port) })).rejects.toThrow(/EADDRINUSE/);
});

function started(options: Partial<SandboxLenderOptions> = {}): Promise<SandboxLender> {
  const defaults = { port: 0, dataFile, clientPublicKeyPem: pair.publicKeyPem, apiClientKey, isStrict: false };
  return startSandboxLender({ ...defaults, ...options });
}

function lenderOf(options: Partial<QitechOptions> = {}) {
  return createQitechLender({
    baseUrl: twin.url,
    apiClientKey,
    privateKeyPem: pair.privateKeyPem,
    authScheme: 'signed-header',
    signatureType: 'data_signature',
    emptyPayload: '{}',
    timestampZone: 'UTC',
    clock: () => new Date(),
    ...options,
  });
}

function signedBy(document: string): LenderAcceptance {
  return { ...acceptance, signer: { ...acceptance.signer, document } };
}

type Shown = {
  status: string;
  received: { method: string; path: string; headers: object; bodyBase64: string; verdict: string }[];
};

async function shown(debtKey: string): Promise<Shown> {
  return (await plain('GET', `/sandbox/debts/${debtKey}`)).json as Shown;
}

/** A request that our port has no call for, signed as the client signs. */
async function asked(method: string, uri: string, body?: string | Buffer) {
  const authenticate = signedHeader({ apiClientKey, privateKey: readPrivateKey(pair.privateKeyPem), emptyPayload: '' });
  const bytes = body === undefined ? undefined : Buffer.from(body);
  // The scheme's type knows the two methods of the port; the twin knows more.
  const request = authenticate({ method: method as 'GET', uri, at: new Date(), ...(bytes ? { body: bytes } : {}) });
  return await plain(method, uri, bytes, request.headers);
}

async function plain(method: string, path: string, body?: string | Buffer, headers: Record<string, string> = {}) {
  return await new Promise<{ status: number | undefined; json: unknown }>((resolve, reject) => {
    const { hostname, port } = new URL(twin.url);
    const outgoing = httpRequest({ hostname, port, path, method, headers }, async (reply) => {
      resolve({ status: reply.statusCode, json: JSON.parse(await text(reply)) });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function rawAnswer(bytes: string, then: 'listen' | 'hang up' = 'listen'): Promise<string> {
  const socket = connect(Number(new URL(twin.url).port), '127.0.0.1');
  socket.write(bytes);
  if (then === 'hang up') socket.end();
  return await text(socket);
}

function sha256(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
