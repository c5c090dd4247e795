import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { protocolOf, type SandboxStamps, startSandboxStamps } from '#lib/testing/sandbox-stamps.ts';
import { createAuthority } from './client.ts';

const digest = createHash('sha256').update('a signed note').digest();
const replyType = { 'Content-Type': 'application/timestamp-reply' };
let stamps: SandboxStamps;
let strangers: SandboxStamps;
const open: Server[] = [];
beforeAll(async () => {
  [stamps, strangers] = await Promise.all([startSandboxStamps(['first']), startSandboxStamps(['first'])]);
});
afterEach(() => {
  for (const server of open.splice(0)) server.closeAllConnections();
});
afterAll(() => Promise.all([stamps.end(), strangers.end()]));

/** What our client makes of an authority that answers like this. */
async function outcomeOf(listener: RequestListener, nonce?: () => Uint8Array): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  server.unref();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`;
  return await outcomeAt(url, nonce);
}

async function outcomeAt(url: string, nonce?: () => Uint8Array): Promise<string> {
  const limits = { totalMs: 400, replyBytesMax: 16_384 };
  const protocol = protocolOf(stamps.roots);
  const authority = createAuthority({ name: 'first', url, protocol, limits, ...(nonce && { nonce }) });
  const stamped = await authority.stamp(digest);
  return stamped.ok ? 'stamped' : stamped.reason;
}

/** An answer of the real authority to another question of ours. */
async function answerTo(wanted: { from?: SandboxStamps; digest?: Uint8Array; nonce: string }): Promise<Uint8Array> {
  const query = protocolOf('').request({ digest: wanted.digest ?? digest, nonce: Buffer.from(wanted.nonce, 'hex') });
  const headers = { 'Content-Type': 'application/timestamp-query' };
  const body = new Uint8Array(query);
  const reply = await fetch((wanted.from ?? stamps).urlOf('first'), { method: 'POST', headers, body });
  return new Uint8Array(await reply.arrayBuffer());
}

const fixedNonce = () => Buffer.from('0102030405060708', 'hex');

test('a stamp is taken with the time that it says', async () => {
  const before = new Date();
  const stamped = await stamps.authorities[0]?.stamp(digest);
  expect(stamped).toMatchObject({ ok: true });
  if (stamped?.ok) expect(stamped.time.getTime()).toBeGreaterThanOrEqual(before.getTime());
});

test('each request has a nonce of its own and asks for the certificate', async () => {
  const asked: Buffer[] = [];
  const listener: RequestListener = (request, response) => {
    request.on('data', (chunk: Buffer) => asked.push(chunk));
    request.on('end', () => response.writeHead(500).end());
  };
  await outcomeOf(listener);
  await outcomeOf(listener);
  expect(asked[0]?.equals(asked[1] ?? Buffer.alloc(0))).toBe(false);
  // version 1 … the digest … certReq true.
  for (const query of asked) expect(query.toString('hex')).toMatch(/^30..020101.*0101ff$/);
});

test.each([
  ['of another digest', { digest: createHash('sha256').update('other').digest() }, 'wrong_imprint'],
  ['to another request', { nonce: '0102030405060709' }, 'wrong_nonce'],
  ['to a request without a nonce of ours', { nonce: '00' }, 'wrong_nonce'],
] as const)('an answer %s is not taken', async (_what, wanted, reason) => {
  const bytes = await answerTo({ nonce: '0102030405060708', ...wanted });
  expect(await outcomeOf((_request, response) => response.writeHead(200, replyType).end(bytes), fixedNonce)).toBe(
    reason,
  );
});

test('an answer of an authority that no root of ours vouches for is not taken', async () => {
  const bytes = await answerTo({ from: strangers, nonce: '0102030405060708' });
  const outcome = await outcomeOf((_request, response) => response.writeHead(200, replyType).end(bytes), fixedNonce);
  expect(outcome).toBe('untrusted_root');
});

test('the same answer in order is taken', async () => {
  const bytes = await answerTo({ nonce: '0102030405060708' });
  const type = { 'Content-Type': 'Application/Timestamp-Reply; charset=binary' };
  expect(await outcomeOf((_request, response) => response.writeHead(200, type).end(bytes), fixedNonce)).toBe('stamped');
});

test.each<[string, RequestListener, string]>([
  ['says that it is busy', (_request, response) => response.writeHead(503).end(), 'status_503'],
  ['sends us elsewhere', (_request, response) => response.writeHead(302, { Location: '/' }).end(), 'redirected'],
  [
    'answers with a page',
    (_q, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>'),
    'reply_of_other_type',
  ],
  ['answers with nothing', (_q, response) => response.writeHead(200, replyType).end(), 'malformed'],
  [
    'compresses',
    (_q, response) => response.writeHead(200, { ...replyType, 'Content-Encoding': 'gzip' }).end('x'),
    'reply_compressed',
  ],
  [
    'answers without an end',
    (_q, response) => response.writeHead(200, replyType).end(Buffer.alloc(16_385)),
    'reply_too_large',
  ],
  [
    'breaks off',
    (_q, response) =>
      response.writeHead(200, { ...replyType, 'Content-Length': 9 }).write('x', () => response.destroy()),
    'reply_cut_short',
  ],
  ['never answers', () => undefined, 'timeout'],
  ['never ends', (_q, response) => response.writeHead(200, replyType).flushHeaders(), 'timeout'],
  ['hangs up', (request) => request.socket.destroy(), 'connection_reset'],
])('an authority that %s is a reason, not a fault', async (_what, listener, reason) => {
  expect(await outcomeOf(listener)).toBe(reason);
});

test('an authority that is not there is a reason, not a fault', async () => {
  expect(await outcomeAt('http://127.0.0.1:1/')).toBe('connection_refused');
});
