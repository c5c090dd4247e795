import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createQitechLender } from './client.ts';
import { generateClientKeyPair, readPrivateKey } from './client-keys.ts';
import { signCompact } from './jws.ts';
import { md5Hex } from './request-authentication.ts';

const ours = generateClientKeyPair();
const lenders = generateClientKeyPair();
const lenderKey = readPrivateKey(lenders.privateKeyPem);
const strangerKey = readPrivateKey(generateClientKeyPair().privateKeyPem);
const apiClientKey = '5d1c6c07-3ac5-4b6c-9f9b-0a0e0f3ad1aa';
const now = new Date('2026-05-06T07:08:09.000Z');
const debtKey = 'debt-1';
const path = `/debt/${debtKey}/signed`;
const json = JSON.stringify({ key: debtKey, status: 'signature_received' });

type Reply = { status?: number; headers?: Record<string, string>; body: string };
let reply: Reply = { body: '' };
let server: Server;
let baseUrl = '';

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(reply.status ?? 200, { Date: now.toUTCString(), ...reply.headers });
    response.end(reply.body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => new Promise((done) => server.close(done)));

describe('with a key of the lender configured', () => {
  test.each([
    ['the newer form', bySignedHeader({})],
    ['the newer form, up to five minutes old', bySignedHeader({ timestamp: '2026-05-06T07:03:10.000000Z' })],
    ['the older form', byEnvelope({})],
  ])('a reply signed in %s is believed', async (_what, signed) => {
    expect(await submitted(signed)).toMatchObject({ class: 'delivered' });
  });

  test.each([
    ['unsigned', { body: json }],
    ['signed by a stranger', bySignedHeader({}, strangerKey)],
    ['signed for another path', bySignedHeader({ uri: '/debt/debt-2/signed' })],
    ['signed for another method', bySignedHeader({ method: 'GET' })],
    ['signed over other bytes', bySignedHeader({ payload_md5: md5Hex('{}') })],
    ['signed too long ago', bySignedHeader({ timestamp: '2026-05-06T07:03:00.000000Z' })],
    ['signed tomorrow', bySignedHeader({ timestamp: '2026-05-07T07:08:09.000000Z' })],
    ['signed at no time', bySignedHeader({ timestamp: 1 })],
    ['enveloped by a stranger', byEnvelope({}, strangerKey)],
    ['enveloped for another integration', byEnvelope({ key: 'other' })],
    ['enveloped for another path', byEnvelope({ path: '/debt/debt-2/signed' })],
    ['enveloped over another token', byEnvelope({ md5: md5Hex(json) })],
    ['enveloped too long ago', byEnvelope({ date: 'Wed, 06 May 2026 07:00:00 GMT' })],
  ])('a reply %s decides nothing', async (_what, signed: Reply) => {
    expect(await submitted(signed)).toMatchObject({ class: 'ambiguous', reason: 'reply_not_signed' });
    expect(await submitted({ ...signed, status: 400 })).toMatchObject({ class: 'ambiguous' });
    expect(await queried(signed)).toMatchObject({ class: 'unknown' });
  });

  test('a gateway that cannot sign may still hold us back', async () => {
    expect(await submitted({ status: 429, body: '' })).toMatchObject({ class: 'retry' });
    expect(await submitted({ status: 401, body: '' })).toMatchObject({ class: 'paused' });
  });
});

test('without a key of the lender an envelope is opened all the same', async () => {
  expect(await submitted(byEnvelope({}, strangerKey), 'unchecked')).toMatchObject({ class: 'delivered' });
  expect(await submitted({ body: '{"encoded_body":"x"}' }, 'unchecked')).toMatchObject({ reason: 'reply_not_json' });
});

function bySignedHeader(changed: Record<string, unknown>, key = lenderKey): Reply {
  const claims = { payload_md5: md5Hex(json), timestamp: '2026-05-06T07:08:09.000000Z', method: 'POST', uri: path };
  return { headers: { AUTHORIZATION: signCompact(JSON.stringify({ ...claims, ...changed }), key) }, body: json };
}

function byEnvelope(changed: { key?: string; md5?: string; date?: string; path?: string }, key = lenderKey): Reply {
  const envelope = signCompact(json, key);
  const integration = changed.key ?? apiClientKey;
  const md5 = changed.md5 ?? md5Hex(envelope);
  const lines = ['POST', md5, 'application/json', changed.date ?? now.toUTCString(), changed.path ?? path];
  const token = signCompact(JSON.stringify({ sub: integration, signature: lines.join('\n') }), key);
  return {
    headers: { 'API-CLIENT-KEY': integration, AUTHORIZATION: `QIT ${integration}:${token}` },
    body: JSON.stringify({ encoded_body: envelope }),
  };
}

function submitted(signed: Reply, mode: 'checked' | 'unchecked' = 'checked') {
  reply = signed;
  return lender(mode).submit(debtKey, Buffer.from('{}'));
}

function queried(signed: Reply) {
  reply = signed;
  return lender('checked').query(debtKey);
}

function lender(mode: 'checked' | 'unchecked') {
  return createQitechLender({
    baseUrl,
    apiClientKey,
    privateKeyPem: ours.privateKeyPem,
    ...(mode === 'checked' ? { lenderPublicKeyPem: lenders.publicKeyPem } : {}),
    authScheme: 'signed-header',
    signatureType: 'data_signature',
    emptyPayload: '{}',
    timestampZone: 'UTC',
    clock: () => now,
  });
}
