import { once } from 'node:events';
import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { GET } from '#app/api/doctor/address/route.ts';
import { listenToRequests } from '#lib/http/request-store.ts';
import { paths } from '#lib/paths.ts';
import { program, setProgram } from '#lib/program.ts';
import { aceite } from '#lib/testing/command-line.ts';
import { type Doors, openDoors } from '#lib/testing/doors.ts';
import { keyringOf, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { probeToken } from '#lib/vault/address-probe.ts';

let portal: TestPortal;
let doors: Doors;
let web: { server: Server; url: string };
const servers: Server[] = [];

beforeAll(async () => {
  portal = await startTestPortal();
  doors = openDoors(portal);
  listenToRequests({ isProduction: false, isHot: false, clientPortHeader: 'x-client-port', onAnswer: () => undefined });
  web = await listen(async (request, response) => {
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
    const asked = new Request(`${web.url}${request.url}`, { headers });
    const answer = await GET(asked, { params: Promise.resolve(undefined) });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
});
beforeEach(() => {
  vi.stubEnv('DATABASE_URL', portal.databaseUrl);
  vi.stubEnv('ACEITE_KEYS_FILE', portal.keysFile);
  vi.stubEnv('LENDER_PORT', '1');
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  doors.close();
  await portal.end();
});

async function listen(answer: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(answer);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A proxy on an address of its own (127.0.0.2), with the headers of the request as `rewrite` leaves them. */
function proxy(rewrite: (headers: Record<string, string>, client: { address: string; port: number }) => void) {
  return listen((request, response) => {
    const { rawHeaders, socket, url } = request;
    const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1]]] : []));
    const headers: Record<string, string> = Object.fromEntries(pairs);
    rewrite(headers, { address: String(socket.remoteAddress), port: Number(socket.remotePort) });
    const onward = httpRequest(`${web.url}${url}`, { headers, localAddress: '127.0.0.2', agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    onward.end();
  });
}

/** What the doctor says of the way to the web through `url`, when the web and it trust these proxies. */
async function doctorAt(url: string, trusted = 'none') {
  vi.stubEnv('PORTAL_URL', url);
  vi.stubEnv('TRUSTED_PROXIES', trusted);
  const wired = program();
  setProgram({ ...wired, config: { ...wired.config, trustedProxies: trusted === 'none' ? [] : [trusted] } });
  try {
    const { out } = await aceite('doctor', '--json');
    return JSON.parse(out).checks.find(({ id }: { id: string }) => id === 'proxies');
  } finally {
    setProgram(wired);
  }
}

test('a web without a proxy is seen to name the client', async () => {
  expect(await doctorAt(web.url)).toMatchObject({ status: 'ok', sentence: expect.stringContaining('127.0.0.1') });
});

test('a proxy that nobody named in TRUSTED_PROXIES is found, and the way out names it', async () => {
  const hiding = await proxy((headers) => delete headers['x-forwarded-for']);
  expect(await doctorAt(hiding.url)).toMatchObject({
    status: 'failed',
    whatToDo: [expect.stringMatching(/Add 127\.0\.0\.2 .*TRUSTED_PROXIES/)],
  });
});

test('a trusted proxy that passes on what the client wrote is found', async () => {
  const naive = await proxy(() => undefined);
  expect(await doctorAt(naive.url, '127.0.0.2')).toMatchObject({
    status: 'failed',
    sentence: expect.stringMatching(/can choose the address/),
  });
});

test('a trusted proxy that names nobody is found', async () => {
  const silent = await proxy((headers) => delete headers['x-forwarded-for']);
  expect(await doctorAt(silent.url, '127.0.0.2')).toMatchObject({
    status: 'failed',
    sentence: expect.stringMatching(/does not say for whom it asks/),
  });
});

test('a trusted proxy that adds its client is well, with the port that it passes', async () => {
  const good = await proxy((headers, { address, port }) => {
    headers['x-forwarded-for'] = `${headers['x-forwarded-for']}, ${address}`;
    headers['x-client-port'] = String(port);
  });
  expect(await doctorAt(good.url, '127.0.0.2')).toMatchObject({ status: 'ok' });
  const portless = await proxy((headers, { address }) => {
    headers['x-forwarded-for'] = address;
  });
  expect(await doctorAt(portless.url, '127.0.0.2')).toMatchObject({
    status: 'warning',
    whatToDo: [expect.stringMatching(/CLIENT_PORT_HEADER/)],
  });
});

test('a trusted proxy beside whose header a client can write another one is told', async () => {
  const mixed = await proxy((headers, { address }) => {
    headers.forwarded = `for=${address}`;
  });
  expect(await doctorAt(mixed.url, '127.0.0.2')).toMatchObject({
    status: 'warning',
    whatToDo: [expect.stringMatching(/drop X-Forwarded-For/)],
  });
});

test('without a web nothing is said about proxies', async () => {
  expect(await doctorAt('http://127.0.0.1:1')).toMatchObject({
    status: 'not_checked',
    whatToDo: [expect.stringMatching(/npm start/)],
  });
});

test('an answer that another installation made is not believed', async () => {
  const stranger = await listen((_, response) => {
    const said = JSON.stringify({ ip: '127.0.0.1', trust: 'direct', socketPeer: '127.0.0.1' });
    response.writeHead(200).end(JSON.stringify({ said, mark: 'A'.repeat(43) }));
  });
  expect(await doctorAt(stranger.url)).toMatchObject({
    status: 'failed',
    sentence: expect.stringMatching(/not as the web of this installation/),
  });
});

describe('the web answers', () => {
  const ask = async (token?: string) => {
    const headers: Record<string, string> = token === undefined ? {} : { 'X-Aceite-Probe': token };
    const answer = await fetch(`${web.url}${paths.addressProbe()}`, { headers });
    return { status: answer.status, body: await answer.text() };
  };
  const tokenAt = (at: Date, nonce = 'N'.repeat(43)) => probeToken(keyringOf(portal.keysFile), { nonce, at });

  test('a question once, and never again', async () => {
    const token = tokenAt(new Date());
    expect(await ask(token)).toMatchObject({ status: 200, body: expect.stringContaining('127.0.0.1') });
    expect(await ask(token)).toMatchObject({ status: 404 });
  });

  test.each<[string, () => string | undefined]>([
    ['without a question', () => undefined],
    ['of no sense', () => 'abc'],
    ['with another mark', () => `${tokenAt(new Date(), 'M'.repeat(43)).slice(0, -43)}${'A'.repeat(43)}`],
    ['of six minutes ago', () => tokenAt(new Date(Date.now() - 360_000), 'O'.repeat(43))],
    ['of six minutes ahead', () => tokenAt(new Date(Date.now() + 360_000), 'P'.repeat(43))],
  ])('strangers, %s, as if there were nothing', async (_, token) => {
    const { status, body } = await ask(token());
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ code: 'not_found' });
    expect(body).not.toContain('127.0.0.1:5');
    expect(body).not.toContain('socketPeer');
  });
});
