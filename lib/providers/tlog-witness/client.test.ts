import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { createTlogWitness } from './client.ts';

const request = {
  oldSize: 3,
  proof: [Buffer.alloc(32, 1), Buffer.alloc(32, 2)],
  checkpoint: Buffer.from('log\n4\n\n— a b\n'),
};
const lines = '— witness.example/w1 AAAAAAAA\n';
const sizeType = { 'Content-Type': 'text/x.tlog.size' };
const servers: (Server | TcpServer)[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  }
});

test('what is sent is the old size, the proof and the checkpoint to the byte; what comes back are the lines', async () => {
  let got: unknown;
  const url = await serve((incoming, response) => {
    const { method, url, headers } = incoming;
    void text(incoming).then((body) => {
      got = { method, url, encoding: headers['accept-encoding'], body };
      response.end(lines);
    });
  });
  expect(await createTlogWitness({ url: `${url}/w1/` }).cosign(request)).toEqual({ ok: true, lines });
  expect(got).toEqual({
    method: 'POST',
    url: '/w1/add-checkpoint',
    encoding: 'identity',
    body: 'old 3\nAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\nAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=\n\nlog\n4\n\n— a b\n',
  });
});

test.each([
  [400, 'malformed_request'],
  [403, 'signature_refused'],
  [404, 'unknown_log'],
  [413, 'request_too_large'],
  [422, 'proof_refused'],
])('%i is a refusal: %s', async (status, reason) => {
  expect(await ask((_, response) => response.writeHead(status).end('no'))).toEqual({
    ok: false,
    code: 'refused',
    reason,
  });
});

test.each([
  ['0\n', 0],
  ['20852014\n', 20852014],
  ['9007199254740991\n', Number.MAX_SAFE_INTEGER],
])('a conflict tells the size %j', async (body, size) => {
  expect(await ask((_, response) => response.writeHead(409, sizeType).end(body))).toEqual({
    ok: false,
    code: 'conflict',
    size,
  });
});

test.each(['', '7', '07\n', '-7\n', '7\n\n', '7.0\n', '0x7\n', '9007199254740992\n', 'seven\n'])(
  'a conflict with %j for a size is no answer of a witness',
  async (body) => {
    const away = { ok: false, code: 'away', reason: 'http_409' };
    expect(await ask((_, response) => response.writeHead(409, sizeType).end(body))).toEqual(away);
  },
);

test('a conflict of another kind than the protocol has is no answer of a witness', async () => {
  const away = { ok: false, code: 'away', reason: 'http_409' };
  expect(await ask((_, response) => response.writeHead(409, { 'Content-Type': 'text/plain' }).end('7\n'))).toEqual(
    away,
  );
});

test.each([201, 204, 301, 302, 307, 429, 500, 503])(
  '%i is passed over for now, and no redirect is followed',
  async (status) => {
    let calls = 0;
    const answer = await ask((_, response) => {
      calls += 1;
      response.writeHead(status, { Location: '/add-checkpoint' }).end();
    });
    expect(answer).toEqual({ ok: false, code: 'away', reason: `http_${status}` });
    expect(calls).toBe(1);
  },
);

test.each<[string, (incoming: IncomingMessage, response: ServerResponse) => void]>([
  ['timeout', () => undefined],
  ['timeout', (_, response) => void response.write('—')],
  ['reply_too_large', (_, response) => response.end('a'.repeat(2_000))],
  [
    'reply_cut_short',
    (_, response) => void response.writeHead(200, { 'Content-Length': '50' }).write('—', () => response.destroy()),
  ],
  ['connection_reset', (incoming) => incoming.socket.resetAndDestroy()],
  ['reply_compressed', (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(lines)],
])('a witness that fails is away: %s', async (reason, handle) => {
  expect(await ask(handle, { totalMs: 500, replyBytesMax: 1_000 })).toEqual({ ok: false, code: 'away', reason });
});

test('a witness that speaks something else, or is not there, is away', async () => {
  const server = createTcpServer((socket) => socket.end('+OK ready\r\n'));
  expect(await createTlogWitness({ url: await listen(server) }).cosign(request)).toMatchObject({
    code: 'away',
    reason: 'reply_malformed',
  });
  const gone = createServer();
  const url = await listen(gone);
  await new Promise((resolve) => gone.close(resolve));
  expect(await createTlogWitness({ url }).cosign(request)).toMatchObject({
    code: 'away',
    reason: 'connection_refused',
  });
});

async function ask(
  handle: (incoming: IncomingMessage, response: ServerResponse) => void,
  limits: { totalMs?: number; replyBytesMax?: number } = {},
) {
  const url = await serve(handle);
  return await createTlogWitness({ url, limits }).cosign(request);
}

function serve(handle: (incoming: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  return listen(createServer(handle));
}

async function listen(server: Server | TcpServer): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
