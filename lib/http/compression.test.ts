import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compressAnswer } from './compression.ts';

let server: Server;
let answer: (response: ServerResponse) => void;
beforeAll(async () => {
  server = createServer((request, response) => {
    compressAnswer(request, response);
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const text = 'O texto exato do contrato, com acentos e emoji 😀.\n'.repeat(100);

function writesText(response: ServerResponse, type = 'text/html; charset=utf-8') {
  response.setHeader('Content-Type', type);
  response.flushHeaders();
  response.write(text.slice(0, 1_000));
  response.write(Buffer.from(text.slice(1_000, 2_000)), () => undefined);
  response.end(text.slice(2_000), 'utf8');
}

async function ask(accepted: string | undefined, method = 'GET') {
  const { port } = server.address() as AddressInfo;
  const headers = accepted === undefined ? {} : { 'Accept-Encoding': accepted };
  const request = get({ port, host: '127.0.0.1', headers, method, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, bytes: await buffer(response) };
}

describe('an answer of text', () => {
  test.each(['gzip', 'gzip, deflate, br, zstd', 'br;q=1.0, gzip;q=0.8', '*', 'GZIP'])(
    'is compressed for a client that says %j',
    async (accepted) => {
      answer = writesText;
      const { headers, bytes } = await ask(accepted);
      expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
      expect(headers['content-length']).toBe(String(bytes.length));
      expect(gunzipSync(bytes).toString()).toBe(text);
      expect(bytes.length).toBeLessThan(Buffer.byteLength(text) / 5);
    },
  );

  test.each([undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip; q=0.0', '*;q=0'])(
    'stays as it is for a client that says %j, and caches are told',
    async (accepted) => {
      answer = writesText;
      const { headers, bytes } = await ask(accepted);
      expect(headers).not.toHaveProperty('content-encoding');
      expect(headers.vary).toBe('Accept-Encoding');
      expect(bytes.toString()).toBe(text);
    },
  );

  test.each([
    'text/css',
    'text/plain; charset=utf-8',
    'application/javascript; charset=UTF-8',
    'application/problem+json; charset=utf-8',
    'image/svg+xml',
  ])('is compressed as %s', async (type) => {
    answer = (response) => writesText(response, type);
    expect((await ask('gzip')).headers['content-encoding']).toBe('gzip');
  });

  test('that is shorter than what compression saves is sent as it is', async () => {
    answer = (response) => void response.setHeader('Content-Type', 'text/plain').end('curto');
    const { headers, bytes } = await ask('gzip');
    expect(headers).not.toHaveProperty('content-encoding');
    expect(bytes.toString()).toBe('curto');
  });

  test('keeps what comes with it: other fields of Vary, cookies, the status', async () => {
    answer = (response) => {
      response.statusCode = 410;
      response.setHeader('Vary', 'rsc');
      response.setHeader('Set-Cookie', ['a=1', 'b=2']);
      writesText(response);
    };
    const { status, headers } = await ask('gzip');
    expect(status).toBe(410);
    expect(headers.vary).toBe('rsc, Accept-Encoding');
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  test('replaces a length that was announced for the text itself', async () => {
    answer = (response) => {
      response.setHeader('Content-Length', Buffer.byteLength(text));
      writesText(response);
    };
    expect(gunzipSync((await ask('gzip')).bytes).toString()).toBe(text);
  });
});

test('a file that never changes is compressed once; what only looks like one is not taken for it', async () => {
  const send = (content: string, cacheControl: string) => {
    answer = (response) => {
      response.setHeader('Cache-Control', cacheControl);
      response.setHeader('Content-Type', 'application/javascript');
      response.end(content);
    };
    return ask('gzip');
  };
  const immutable = 'public, max-age=31536000, immutable';
  const other = text.replaceAll('texto', 'outro');
  expect(gunzipSync((await send(other, 'no-store')).bytes).toString()).toBe(other);
  const first = await send(text, immutable);
  expect(gunzipSync(first.bytes).toString()).toBe(text);
  expect((await send(text, immutable)).bytes).toEqual(first.bytes);
  expect(gunzipSync((await send(other, 'no-store')).bytes).toString()).toBe(other);
});

describe('passes as it comes', () => {
  test.each([
    ['a picture', { 'Content-Type': 'image/png' }],
    ['a stream of events', { 'Content-Type': 'text/event-stream' }],
    ['an answer without a type', {}],
    ['a part of a file', { 'Content-Type': 'text/css', 'Content-Range': 'bytes 0-99/200' }],
    ['what is encoded already', { 'Content-Type': 'text/css', 'Content-Encoding': 'br' }],
  ])('%s', async (_, headers) => {
    answer = (response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      response.end(text);
    };
    const { headers: sent, bytes } = await ask('gzip');
    expect(sent['content-encoding']).toBe((headers as Record<string, string>)['Content-Encoding']);
    expect(bytes.toString()).toBe(text);
  });

  test('an answer whose head is written at once', async () => {
    answer = (response) => void response.writeHead(200, { 'Content-Type': 'text/plain' }).end(text);
    expect((await ask('gzip')).bytes.toString()).toBe(text);
  });

  test.each([204, 304])('a %i, which has no body', async (status) => {
    answer = (response) => {
      response.statusCode = status;
      response.setHeader('Content-Type', 'text/html');
      response.end();
    };
    const { status: sent, headers, bytes } = await ask('gzip');
    expect([sent, headers['content-encoding'], bytes.length]).toEqual([status, undefined, 0]);
  });

  test('the answer to HEAD', async () => {
    answer = writesText;
    const { headers, bytes } = await ask('gzip', 'HEAD');
    expect([headers['content-encoding'], bytes.length]).toEqual([undefined, 0]);
  });
});

test('the first byte of a stream goes out before the last is written', async () => {
  let finish: () => void = () => undefined;
  answer = (response) => {
    response.setHeader('Content-Type', 'text/event-stream');
    response.write('data: 1\n\n');
    finish = () => response.end();
  };
  const { port } = server.address() as AddressInfo;
  const request = get({ port, host: '127.0.0.1', headers: { 'Accept-Encoding': 'gzip' }, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const [first] = await once(response, 'data');
  expect(String(first)).toBe('data: 1\n\n');
  finish();
});
