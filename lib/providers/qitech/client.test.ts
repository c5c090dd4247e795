import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createQitechLender, type QitechOptions } from './client.ts';
import { generateClientKeyPair } from './client-keys.ts';

const pair = generateClientKeyPair();
const apiClientKey = '5d1c6c07-3ac5-4b6c-9f9b-0a0e0f3ad1aa';
const debtKey = '0f0e0d0c-0b0a-4908-8706-050403020100';
const body = Buffer.from('{"any":"bytes"}');
const received = { data: {}, event_datetime: '2026-01-01 00:00:00', key: debtKey, webhook_type: 'debt' };
const acknowledgement = { ...received, status: 'signature_received' };
const bodyInvalid = { title: 'Bad Request', description: 'Invalid', translation: 'Corpo inválido', code: 'LEG000069' };
const open: Server[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise((done) => server.close(done))));
});

describe('a whole reply to the signature is sorted by its status', () => {
  test.each([
    ['200 as documented', 200, acknowledgement, 'delivered', 'signature_received'],
    [
      '200 with a trailing blank',
      200,
      { ...acknowledgement, status: 'signature_received ' },
      'delivered',
      'signature_received',
    ],
    ['200 for another debt', 200, { ...acknowledgement, key: 'other' }, 'ambiguous', 'reply_key_mismatch'],
    ['200 without a key', 200, { status: 'signature_received' }, 'ambiguous', 'reply_key_missing'],
    ['200 with another status', 200, { ...received, status: 'opened' }, 'ambiguous', 'reply_status_unexpected'],
    ['200 with a list', 200, [acknowledgement], 'ambiguous', 'reply_key_missing'],
    ['200 with null', 200, null, 'ambiguous', 'reply_key_missing'],
    ['201', 201, acknowledgement, 'ambiguous', 'status_201'],
    ['202', 202, acknowledgement, 'ambiguous', 'status_202'],
    ['204', 204, '', 'ambiguous', 'status_204'],
    ['301', 301, '', 'paused', 'redirected'],
    ['307', 307, '', 'paused', 'redirected'],
    ['400', 400, { data: JSON.stringify(bodyInvalid) }, 'rejected', 'status_400'],
    ['400 in plain text', 400, 'Bad Request', 'rejected', 'status_400'],
    ['400 for a missing credential', 400, { code: 'GDF000003' }, 'paused', 'credential_refused'],
    [
      '400 for a state already left',
      400,
      { code: 'LEG000073', description: 'status: signed' },
      'ambiguous',
      'already_signed',
    ],
    ['400 that says so in words', 400, { translation: 'A dívida já foi assinada' }, 'ambiguous', 'already_signed'],
    ['401', 401, { code: 'GDF000014' }, 'paused', 'credential_refused'],
    ['401 from a gateway', 401, '<html>', 'paused', 'status_401'],
    ['403', 403, '', 'paused', 'status_403'],
    ['404', 404, {}, 'debt_not_found', 'status_404'],
    ['404 for an unknown credential', 404, { code: 'GDF000018' }, 'paused', 'credential_refused'],
    ['405', 405, '', 'paused', 'status_405'],
    ['408', 408, '', 'retry', 'status_408'],
    ['409', 409, {}, 'ambiguous', 'status_409'],
    ['410', 410, {}, 'ambiguous', 'status_410'],
    ['413', 413, {}, 'rejected', 'status_413'],
    ['415', 415, {}, 'rejected', 'status_415'],
    ['422', 422, {}, 'rejected', 'status_422'],
    ['425', 425, '', 'retry', 'status_425'],
    ['429', 429, '', 'retry', 'status_429'],
    ['500', 500, {}, 'ambiguous', 'status_500'],
    ['502', 502, '<html>', 'ambiguous', 'status_502'],
    ['503', 503, '', 'ambiguous', 'status_503'],
    ['504', 504, '', 'ambiguous', 'status_504'],
  ])('%s', async (_what, status, reply, outcomeClass, reason) => {
    const lender = lenderAt(await answering(status, reply));
    const outcome = await lender.submit(debtKey, body);
    expect(outcome).toMatchObject({ class: outcomeClass, reason });
    expect(outcome.exchange).toMatchObject({ httpStatus: status, requestMayHaveArrived: true });
  });
});

describe('the lender is heard', () => {
  test('through a doubly encoded error, with the translation kept and nothing added to its words', async () => {
    const outcome = await lenderAt(await answering(400, { data: JSON.stringify(bodyInvalid) })).submit(debtKey, body);
    expect(outcome.words).toMatchObject({ code: 'LEG000069', translation: 'Corpo inválido' });
    expect(outcome.words?.message).toBe('Bad Request: Invalid');
  });

  test.each([
    ['an object under data', { data: bodyInvalid }],
    ['top level', bodyInvalid],
    ['top level beside data that is no JSON', { ...bodyInvalid, data: '{' }],
  ])('through %s', async (_what, reply) => {
    const outcome = await lenderAt(await answering(422, reply)).submit(debtKey, body);
    expect(outcome.words).toMatchObject({ code: 'LEG000069', translation: 'Corpo inválido' });
  });

  test('without repeating our integration key', async () => {
    const reply = {
      code: 'GDF000018',
      description: `No integration for ${apiClientKey.toUpperCase()} or ${apiClientKey}`,
    };
    const outcome = await lenderAt(await answering(404, reply, { 'API-CLIENT-KEY': apiClientKey })).submit(
      debtKey,
      body,
    );
    expect(outcome.words?.message).toBe('No integration for [redacted] or [redacted]');
    const { replyBody, ...rest } = outcome.exchange;
    expect(JSON.stringify(rest) + Buffer.from(replyBody ?? []).toString()).not.toContain(apiClientKey);
  });

  test.each([
    ['2', 2_000],
    ['86400', 86_400_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
  ])('when it asks us to wait (%s)', async (header, expected) => {
    const outcome = await lenderAt(await answering(429, '', { 'Retry-After': header })).submit(debtKey, body);
    expect(outcome).toMatchObject({ class: 'retry', ...(expected === undefined ? {} : { retryAfterMs: expected }) });
    expect('retryAfterMs' in outcome).toBe(expected !== undefined);
  });
});

describe('a reply that cannot be read whole is asked about', () => {
  test.each([
    ['an HTML page', (reply: ServerResponse) => reply.end('<html>OK</html>'), 'reply_not_json'],
    ['broken UTF-8', (reply: ServerResponse) => reply.end(Buffer.from([0x22, 0xff, 0x22])), 'reply_not_json'],
    ['a compressed body', endCompressed, 'reply_compressed'],
    ['too many bytes', (reply: ServerResponse) => reply.end(Buffer.alloc(300_000, 0x20)), 'reply_too_large'],
    ['fewer bytes than announced', endTooEarly, 'reply_cut_short'],
    ['a body that never ends', (reply: ServerResponse) => reply.write('{'), 'total_timeout'],
  ])('%s', async (_what, answer, reason) => {
    const url = await serving((_request, reply) => answer(reply));
    const outcome = await lenderAt(url, { limits: { totalMs: 300 } }).submit(debtKey, body);
    expect(outcome).toMatchObject({ class: 'ambiguous', reason, exchange: { requestMayHaveArrived: true } });
    expect(outcome.exchange.replyBody?.length ?? 0).toBeLessThanOrEqual(256 * 1024);
  });

  test('silence and a reset after the request are told apart but both asked about', async () => {
    const silent = lenderAt(await serving(() => {}), { limits: { firstByteMs: 100 } });
    expect(await silent.submit(debtKey, body)).toMatchObject({ class: 'ambiguous', reason: 'first_byte_timeout' });
    const resetting = lenderAt(await serving((request) => request.socket.resetAndDestroy()));
    expect(await resetting.submit(debtKey, body)).toMatchObject({ class: 'ambiguous', reason: 'connection_reset' });
    const babbling = lenderAt(await listening((socket) => socket.end('SSH-2.0-nonsense\r\n\r\n')));
    expect(await babbling.submit(debtKey, body)).toMatchObject({ class: 'ambiguous', reason: 'reply_malformed' });
  });
});

describe('a call that never got through is simply tried again', () => {
  test('a closed port, an unknown host, a server that speaks no TLS, one whose certificate nobody knows', async () => {
    const closed = await serving(() => {});
    await new Promise((done) => open.splice(0)[0]?.close(done));
    const plain = (await listening((socket) => socket.end('hello\r\n'))).replace('http:', 'https:');
    const mute = (await listening(() => {})).replace('http:', 'https:');
    const cases = [
      [closed, 'connection_refused'],
      ['http://lender.invalid', 'dns_failed'],
      [plain, 'tls_failed'],
      [mute, 'tls_timeout'],
    ] as const;
    for (const [url, reason] of cases) {
      const outcome = await lenderAt(url, { limits: { tlsMs: 100 } }).submit(debtKey, body);
      expect(outcome, url).toMatchObject({ class: 'retry', reason, exchange: { requestMayHaveArrived: false } });
    }
  });
});

describe('the clock', () => {
  test('a refusal under a far-off Date is signed again once, by the lender’s clock', async () => {
    const stamps: string[] = [];
    const url = await serving((request, reply) => {
      stamps.push(claimsOf(request).timestamp);
      const isFirst = stamps.length === 1;
      reply.writeHead(isFirst ? 401 : 200, { Date: 'Thu, 01 Jan 2026 10:00:00 GMT' });
      reply.end(isFirst ? '{"code":"GDF000014"}' : JSON.stringify(acknowledgement));
    });
    const lender = lenderAt(url, { clock: () => new Date('2026-01-01T09:00:00.000Z') });
    expect(await lender.submit(debtKey, body)).toMatchObject({ class: 'delivered' });
    expect(stamps).toEqual(['2026-01-01T09:00:00.000000Z', '2026-01-01T10:00:00.000000Z']);
  });

  test('a refusal while both clocks agree is not repeated', async () => {
    let calls = 0;
    const url = await serving((_request, reply) => {
      calls += 1;
      reply.writeHead(401).end();
    });
    expect(await lenderAt(url).submit(debtKey, body)).toMatchObject({ class: 'paused' });
    expect(calls).toBe(1);
  });
});

test('exactly the given bytes go out, asking for no compression', async () => {
  const seen: { body: Buffer; request: IncomingMessage }[] = [];
  const url = await serving(async (request, reply) => {
    seen.push({ body: Buffer.concat(await request.toArray()), request });
    reply.end(JSON.stringify(acknowledgement));
  });
  const awkward = Buffer.from('{"raw_text":"ção \\r\\n 😀"}  ');
  await lenderAt(`${url}/prefix/`).submit(debtKey, awkward);
  expect(seen[0]?.body).toEqual(awkward);
  expect(seen[0]?.request.url).toBe(`/prefix/debt/${debtKey}/signed`);
  expect(seen[0]?.request.headers).toMatchObject({
    'accept-encoding': 'identity',
    'content-type': 'application/json',
    'content-length': String(awkward.length),
    connection: 'close',
  });
});

describe('the question for the debt’s state', () => {
  const nested = (enumerator: string) => ({ data: { key: debtKey, credit_operation_status: { enumerator } } });

  test.each([
    [nested('waiting_signature'), 'waiting_signature', 'waiting_signature'],
    [nested('signature_finished'), 'signed', 'signature_finished'],
    [nested('signed'), 'signed', 'signed'],
    [nested('issued'), 'signed', 'issued'],
    [nested('disbursed'), 'signed', 'disbursed'],
    [nested('opened'), 'signed', 'opened'],
    [nested('settled'), 'signed', 'settled'],
    [nested('canceled '), 'debt_cancelled', 'canceled'],
    [nested('canceled_permanently'), 'debt_cancelled', 'canceled_permanently'],
    [nested('toString'), 'unknown', 'reply_state_unknown'],
    [{ data: { status: 'signed' } }, 'signed', 'signed'],
    [{ key: debtKey, status: 'waiting_signature', data: {} }, 'waiting_signature', 'waiting_signature'],
    [{ data: { key: 'other', status: 'signed' } }, 'unknown', 'reply_key_mismatch'],
    [{ data: [] }, 'unknown', 'reply_state_missing'],
    ['<html>', 'unknown', 'reply_not_json'],
  ])('%j', async (reply, outcomeClass, reason) => {
    const outcome = await lenderAt(await answering(200, reply)).query(debtKey);
    expect(outcome).toMatchObject({ class: outcomeClass, reason });
  });

  test('any other status, silence and a closed door say nothing about the debt', async () => {
    for (const status of [201, 302, 400, 401, 404, 429, 500]) {
      const outcome = await lenderAt(await answering(status, nested('signed'))).query(debtKey);
      expect(outcome).toMatchObject({ class: 'unknown', reason: `status_${status}` });
    }
    const silent = lenderAt(await serving(() => {}), { limits: { firstByteMs: 50 } });
    expect(await silent.query(debtKey)).toMatchObject({ class: 'unknown', reason: 'first_byte_timeout' });
  });
});

function lenderAt(baseUrl: string, options: Partial<QitechOptions> = {}) {
  return createQitechLender({
    baseUrl,
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

function answering(status: number, reply: unknown, headers: Record<string, string> = {}): Promise<string> {
  return serving((_request, response) => {
    response.writeHead(status, { Location: 'http://127.0.0.1:9/', ...headers });
    response.end(typeof reply === 'string' ? reply : JSON.stringify(reply));
  });
}

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  return await started(server);
}

async function listening(onSocket: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.resume();
    onSocket(socket);
  });
  return await started(server);
}

async function started(server: Server): Promise<string> {
  open.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The test server has no port.');
  return `http://127.0.0.1:${address.port}`;
}

function endCompressed(reply: ServerResponse): void {
  reply.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(JSON.stringify(acknowledgement)));
}

function endTooEarly(reply: ServerResponse): void {
  reply.writeHead(200, { 'Content-Length': '500' });
  reply.write(JSON.stringify(acknowledgement), () => reply.destroy());
}

function claimsOf(request: IncomingMessage): { timestamp: string } {
  return JSON.parse(Buffer.from(request.headers.authorization?.split('.')[1] ?? '', 'base64url').toString());
}
