import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type NameServer, startNameServer } from '#lib/testing/name-server.ts';
import { openssl } from '#lib/testing/openssl.ts';
import { createWebhookSender } from './client.ts';

const at = new Date('2026-11-22T18:00:00.900Z');
const servers: Server[] = [];
let connections = 0;

afterEach(() => {
  connections = 0;
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
type Options = Partial<Parameters<typeof createWebhookSender>[0]>;

const messageTo = (url: string) => ({
  id: '0192f0c1-0000-7000-8000-000000000001',
  url,
  body: Buffer.from('{"eventId":"1"}'),
  secrets: [Buffer.alloc(32, 1), Buffer.alloc(32, 2)],
  sign: (content: Uint8Array) => Buffer.alloc(64, content.length),
});

async function send(url: string, options: Options = {}) {
  const sender = createWebhookSender({ isSandbox: true, clock: () => at, ...options });
  const { answer, reply } = await sender.send(messageTo(url));
  return { ...answer, ...(reply !== undefined && { reply }) };
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const serve = (handle: Handler) => listen(createServer(handle));
const done: Handler = (_, response) => void response.end('thanks');

test('what is sent are the bytes, signed with every secret and the key over id, time and body', async () => {
  let got:
    | { headers: IncomingMessage['headers']; method: string | undefined; url: string | undefined; body: string }
    | undefined;
  const port = await serve((request, response) => {
    const { headers, method, url } = request;
    void buffer(request).then((body) => {
      got = { headers, method, url, body: body.toString() };
      response.end('thanks');
    });
  });
  expect(await send(`http://127.0.0.1:${port}/hooks?shop=1`)).toEqual({ status: 200, reply: 'thanks' });
  expect(got).toMatchObject({ method: 'POST', url: '/hooks?shop=1', body: '{"eventId":"1"}' });
  // HMAC-SHA256 by `openssl dgst -sha256 -mac HMAC -macopt hexkey:0101…`, over the text that is named here.
  expect('0192f0c1-0000-7000-8000-000000000001.1795370400.{"eventId":"1"}').toHaveLength(63);
  expect(got?.headers).toMatchObject({
    host: `127.0.0.1:${port}`,
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    'webhook-id': '0192f0c1-0000-7000-8000-000000000001',
    'webhook-timestamp': '1795370400',
    'webhook-signature': `v1,${hmac(1)} v1,${hmac(2)} v1a,${Buffer.alloc(64, 63).toString('base64')}`,
  });
});

/** By another implementation than ours. */
function hmac(byte: number): string {
  const key = Buffer.alloc(32, byte).toString('hex');
  const content = Buffer.from('0192f0c1-0000-7000-8000-000000000001.1795370400.{"eventId":"1"}');
  return openssl('.', ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${key}`, '-binary'], content).toString(
    'base64',
  );
}

describe('a name', () => {
  let names: NameServer;
  beforeAll(async () => {
    names = await startNameServer({
      'receiver.example': [['127.0.0.1']],
      'rebinding.example': [['127.0.0.1'], ['169.254.169.254'], ['10.0.0.1']],
      'mixed.example': [['8.8.8.8', '169.254.169.254']],
      'metadata.example': [['169.254.169.254']],
      'private.example': [['10.0.0.1']],
    });
  });
  afterAll(() => names.stop());
  const resolve = (name: string) => names.resolve(name);

  test('that leads to a receiver keeps its own name on the way there', async () => {
    let host: string | undefined;
    const port = await serve((request, response) => {
      host = request.headers.host;
      response.end();
    });
    // Over http only a host that is loopback by its own name may be called, so the resolver stands behind that name.
    const viaName = (name: string) => (name === 'localhost' ? names.resolve('receiver.example') : names.resolve(name));
    expect(await send(`http://localhost:${port}/`, { resolve: viaName })).toEqual({ status: 200 });
    expect(host).toBe(`localhost:${port}`);
  });

  test('that leads elsewhere at the second question is asked once, and the address that was looked at is called', async () => {
    const port = await serve(done);
    const viaName = () => names.resolve('rebinding.example');
    expect(await send(`http://localhost:${port}/`, { resolve: viaName })).toMatchObject({ status: 200 });
    expect(names.asked.filter((name) => name === 'rebinding.example')).toHaveLength(1);
    for (let turn = 0; turn < 2; turn += 1)
      expect(await send(`http://localhost:${port}/`, { resolve: viaName })).toEqual({ reason: 'address_not_allowed' });
    expect(connections).toBe(1);
  });

  test.each([
    ['metadata.example', 'address_not_allowed'],
    ['private.example', 'address_not_allowed'],
    ['mixed.example', 'address_not_allowed'],
    ['receiver.example', 'address_not_allowed'],
    ['nobody.example', 'dns_failed'],
  ])('%s is called by nobody in production: %s', async (name, reason) => {
    expect(await send(`https://${name}/`, { isSandbox: false, resolve })).toEqual({ reason });
  });

  test('that a resolver never answers for costs the time of one attempt', async () => {
    const never = () => new Promise<string[]>(() => undefined);
    expect(await send('https://slow.example/', { resolve: never, limits: { totalMs: 50 } })).toEqual({
      reason: 'timeout',
    });
  });
});

test.each([
  'https://127.0.0.1:8443/',
  'http://127.0.0.1/',
  'https://[::ffff:127.0.0.1]/',
  'https://2130706433/',
  'https://loja.example:22/',
])('an address that was kept in the sandbox is not called in production: %s', async (url) => {
  const neverAsked = () => Promise.reject(new Error('asked'));
  expect(await send(url, { isSandbox: false, resolve: neverAsked })).toEqual({ reason: 'address_not_allowed' });
});

test.each([301, 302, 303, 307, 308])('%i is an answer like any other, and leads nowhere', async (status) => {
  const port = await serve((request, response) => {
    if (request.url === '/') response.writeHead(status, { Location: '/inside' }).end();
    else response.end();
  });
  expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status });
  expect(connections).toBe(1);
});

test.each<[string, Handler]>([
  ['connection_reset', (request) => void request.socket.resetAndDestroy()],
  ['timeout', () => undefined],
  ['timeout', (_, response) => void response.writeHead(200).write('a')],
  [
    'reply_cut_short',
    (_, response) => void response.writeHead(200, { 'Content-Length': '9' }).write('a', () => response.destroy()),
  ],
  ['reply_malformed', (request) => void request.socket.end('+OK ready\r\n')],
])('a receiver that breaks the call off has not answered: %s', async (reason, handle) => {
  const port = await serve(handle);
  expect(await send(`http://127.0.0.1:${port}/`, { limits: { totalMs: 400 } })).toEqual({ reason });
});

test('a receiver that is not there has not answered', async () => {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ reason: 'connection_refused' });
});

test('nothing that came compressed is decoded, and what it says is not kept', async () => {
  const bomb = gzipSync(Buffer.alloc(10_000_000));
  const port = await serve((_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb));
  expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status: 200 });
});

test('of a long answer no more than the cap is read', async () => {
  const port = await serve((_, response) => response.end('é'.repeat(1_000_000)));
  const { reply } = await send(`http://127.0.0.1:${port}/`, { limits: { replyBytesMax: 1_000 } });
  expect(reply).toBe('é'.repeat(500));
});

test.each([
  ['120', 120_000],
  ['Sun, 22 Nov 2026 18:02:00 GMT', 119_100],
  ['Sun, 22 Nov 2026 17:00:00 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
])('Retry-After %s asks for %s ms', async (header, retryAfterMs) => {
  const port = await serve((_, response) => response.writeHead(503, { 'Retry-After': header }).end());
  expect(await send(`http://127.0.0.1:${port}/`)).toEqual({
    status: 503,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
});

describe('over TLS', () => {
  let folder: string;
  let files: { key: string; cert: string };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'aceite-webhook-'));
    const subject = ['-subj', '/CN=receiver.example', '-addext', 'subjectAltName=DNS:receiver.example'];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem'];
    openssl(folder, ['req', '-x509', ...key, '-out', 'cert.pem', '-days', '30', ...subject]);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    files = { key: read('key.pem'), cert: read('cert.pem') };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const names = new Map<string, (string | false)[]>();
  async function serveTls(): Promise<number> {
    const server = createTlsServer(files, (request, response) => {
      const seen = request.socket as unknown as { servername: string | false; isSessionReused(): boolean };
      names.set('seen', [...(names.get('seen') ?? []), seen.servername, String(seen.isSessionReused())]);
      response.end();
    });
    return listen(server);
  }
  const resolve = async () => ['127.0.0.1'];

  test('the name is asked for and checked, and no session is used again', async () => {
    const port = await serveTls();
    for (let turn = 0; turn < 2; turn += 1)
      expect(await send(`https://receiver.example:${port}/`, { resolve, ca: files.cert })).toEqual({ status: 200 });
    expect(names.get('seen')).toEqual(['receiver.example', 'false', 'receiver.example', 'false']);
  });

  test.each([
    ['another name', 'other.example', true],
    ['an authority that nobody knows', 'receiver.example', false],
  ])('a certificate of %s is refused before anything is sent', async (_what, name, isKnown) => {
    const port = await serveTls();
    const known = isKnown ? { ca: files.cert } : {};
    expect(await send(`https://${name}:${port}/`, { resolve, ...known })).toEqual({ reason: 'certificate_invalid' });
  });
});
