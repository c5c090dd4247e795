import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, listenToRequests, requestStore } from './request-store.ts';

let server: Server;
let port: number;
const answers: Answer[] = [];
/** Requests wait for each other until as many as this are in the handler. */
let together = 1;
let waiting: (() => void)[] = [];

/** Tells what a route of ours could see of the request. */
beforeAll(async () => {
  listenToRequests({
    isProduction: true,
    isHot: false,
    clientPortHeader: 'x-client-port',
    onAnswer: (answer) => answers.push(answer),
  });
  server = createServer(async (request, response) => {
    await meetTheOthers();
    const { response: own, ...store } = requestStore();
    response.statusCode = own === response ? 200 : 500;
    response.end(JSON.stringify({ store, url: request.url, method: request.method, headers: request.headers }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function meetTheOthers(): Promise<void> {
  return new Promise((meet) => {
    waiting.push(meet);
    if (waiting.length < together) return;
    for (const go of waiting) go();
    waiting = [];
  });
}

async function ask(path = '/', headers: Record<string, string> = {}) {
  const [response] = (await once(get({ port, host: '127.0.0.1', path, headers, agent: false }), 'response')) as [
    IncomingMessage,
  ];
  const localPort = response.socket.localPort;
  return { response, localPort, seen: JSON.parse(await text(response)) };
}

describe('the hook', () => {
  test('knows the socket of each of 200 overlapping requests, and mixes none up', async () => {
    together = 200;
    const asked = await Promise.all(
      Array.from({ length: 200 }, (_, index) => ask(`/${index}`, { 'User-Agent': `agent ${index}` })),
    );
    together = 1;
    for (const [index, { seen, localPort, response }] of asked.entries()) {
      expect(response.statusCode).toBe(200);
      expect(seen.store).toMatchObject({
        peer: '127.0.0.1',
        port: localPort,
        headers: { userAgent: `agent ${index}` },
      });
      expect(response.headers['x-request-id']).toBe(seen.store.requestId);
    }
    expect(new Set(asked.map(({ seen }) => seen.store.requestId)).size).toBe(200);
  });

  test('sees what a browser says of itself unasked, and of its hints no other', async () => {
    const hints = { 'Sec-CH-UA': '"Chromium";v="142"', 'Sec-CH-UA-Mobile': '?1', 'Sec-CH-UA-Model': '"SM-A146M"' };
    const { seen } = await ask('/', hints);
    expect(seen.store.headers.clientHints).toEqual({ 'sec-ch-ua': '"Chromium";v="142"', 'sec-ch-ua-mobile': '?1' });
    expect((await ask()).seen.store.headers).not.toHaveProperty('clientHints');
  });

  test('takes away what a client may not say, before anybody else reads it', async () => {
    const forged = {
      'X-Forwarded-For': '8.8.8.8',
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'https',
      Forwarded: 'for=9.9.9.9',
      'X-Real-IP': '8.8.4.4',
      'X-Client-Port': '4711',
      'X-Middleware-Subrequest': 'proxy:proxy',
      'X-Nextjs-Data': '1',
      'X-Matched-Path': '/dashboard',
      'X-Invoke-Path': '/dashboard',
      'Next-Action': 'a',
      'Next-Resume': '1',
      'X-HTTP-Method-Override': 'DELETE',
      RSC: '1',
      'Next-Url': '/dashboard',
      'Next-Router-State-Tree': 'no state',
      'Next-Router-Prefetch': '1',
      'Next-Router-Segment-Prefetch': '/_tree',
      'Content-Security-Policy': "script-src 'nonce-evil'",
      'Content-Security-Policy-Report-Only': "script-src 'nonce-evil'",
    };
    const { seen } = await ask('/', { ...forged, Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' });
    const { 'content-security-policy': policy, ...kept } = seen.headers;
    expect(Object.keys(kept).sort()).toEqual(['accept', 'connection', 'host', 'sec-fetch-site']);
    expect(policy, 'the nonce is ours').not.toContain('nonce-evil');
    expect(seen.store.forwarded).toEqual({ xForwardedFor: '8.8.8.8', forwarded: 'for=9.9.9.9', clientPort: '4711' });
  });

  test.each(['/', '/sign/x/review', '/dashboard/sessions', '/return?x=1', '/docs', '/no-such-page'])(
    'gives the page at %s a policy of its own, and Next the same nonce',
    async (path) => {
      const [one, other] = await Promise.all([ask(path), ask(path)]);
      const policy = one.response.headers['content-security-policy'];
      expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'/);
      expect(one.seen.headers['content-security-policy']).toBe(policy);
      expect(other.response.headers['content-security-policy']).not.toBe(policy);
    },
  );

  test.each([
    '/api/v1/signing',
    '/s/secret',
    '/sign/x/do/accept',
    '/sign/x/contract.txt',
    '/health/live',
    '/_next/x.js',
  ])('leaves the policy of %s to the route itself', async (path) => {
    const { response, seen } = await ask(path, { 'Content-Security-Policy': "script-src 'nonce-evil'" });
    expect(response.headers).not.toHaveProperty('content-security-policy');
    expect(seen.headers).not.toHaveProperty('content-security-policy');
  });

  test('gives its own request id, whatever the client calls the request', async () => {
    const { response } = await ask('/', { 'X-Request-Id': 'mine' });
    expect(response.headers['x-request-id']).toMatch(/^req_[A-Za-z0-9_-]{16}$/);
  });

  test.each([
    ['/s/a-secret', 'no-referrer'],
    ['/sign/x', 'same-origin'],
    ['/', 'same-origin'],
  ])('puts the security headers on %s', async (path, referrerPolicy) => {
    const { response } = await ask(path);
    expect(response.headers).toMatchObject({
      'referrer-policy': referrerPolicy,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    });
  });

  test.each([
    ['/a%20b?x=%FF', '/a%20b?x=%FF'],
    ['/%E0%A4%A', '/%25E0%25A4%25A'],
    ['/%FF?q=1', '/%25FF?q=1'],
    ['/100%', '/100%25'],
  ])('makes of %s an address that can be decoded', async (path, url) => {
    expect((await ask(path)).seen.url).toBe(url);
  });

  test.each(['TRACE', 'PROPFIND'])('gives %s a name that is refused', async (method) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.write(`${method} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(await text(socket)).toContain('"method":"PATCH"');
  });

  test('tells of each answer its class and status, and never the address', async () => {
    answers.length = 0;
    const { seen } = await ask('/s/a-secret-token?and=more');
    await expect.poll(() => answers).toHaveLength(1);
    const { requestId } = seen.store;
    expect(answers[0]).toEqual({
      requestId,
      method: 'GET',
      route: 'link',
      status: 200,
      durationMs: expect.any(Number),
    });
  });
});

test('outside a request there is no store, and asking for it is a fault', () => {
  expect(() => requestStore()).toThrow('no request store');
});
