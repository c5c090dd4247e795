import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createQitechLender } from '#lib/providers/qitech/client.ts';
import { generateClientKeyPair } from '#lib/providers/qitech/client-keys.ts';
import { createQitechInbox } from '#lib/providers/qitech/inbox.ts';
import { startSandboxLender } from './start-sandbox-lender.ts';

/** The twin's notices, read by the portal's own inbox behind a real server. */

const [ours, lenders] = [generateClientKeyPair(), generateClientKeyPair()];
const apiClientKey = '5d1c6c07-3ac5-4b6c-9f9b-0a0e0f3ad1aa';
const clock = () => new Date();
const inbox = createQitechInbox({
  apiClientKey,
  privateKeyPem: ours.privateKeyPem,
  lenderPublicKeyPem: lenders.publicKeyPem,
  clock,
});
let folder = '';
let portal: Server;
let twin: Awaited<ReturnType<typeof startSandboxLender>>;
/** State and time of every notice that the door could prove. */
let heard: [state: string, at: string | undefined][] = [];
/** How many posts are left without an acknowledgement. */
let silent = 0;

beforeEach(async () => {
  [heard, silent] = [[], 0];
  folder = await mkdtemp(join(tmpdir(), 'aceite-notices-'));
  portal = createServer(async (request, response) => {
    const { authorization = null, 'api-client-key': key } = request.headers;
    const headers = { authorization, apiClientKey: String(key) };
    const reading = inbox.read({ uri: request.url ?? '', headers, body: await buffer(request) });
    heard.push(reading.ok ? [reading.notice.state, reading.notice.eventDatetime] : [reading.code, undefined]);
    silent -= 1;
    if (silent >= 0) return response.writeHead(200).end('{}');
    const { headers: proof, body } = inbox.acknowledge(request.url ?? '');
    return response.writeHead(200, proof).end(body);
  });
  await new Promise<void>((ready) => portal.listen(0, '127.0.0.1', ready));
});
afterEach(async () => {
  await twin.stop();
  portal.closeAllConnections();
  await new Promise((done) => portal.close(done));
  await rm(folder, { recursive: true });
});

async function startTwin(scheme: 'signed-header' | 'encoded-body' = 'signed-header', clientKey = ours.publicKeyPem) {
  const { port } = portal.address() as AddressInfo;
  twin = await startSandboxLender({
    port: 0,
    dataFile: join(folder, 'lender.jsonl'),
    clientPublicKeyPem: clientKey,
    apiClientKey,
    isStrict: false,
    lenderPrivateKeyPem: lenders.privateKeyPem,
    notify: { url: `http://127.0.0.1:${port}/api/webhooks/lender`, scheme, retryMs: 1, lateMs: 1 },
  });
}

/** Signs a debt as the person with this CPF. */
async function sign(document: string) {
  const lender = createQitechLender({
    baseUrl: twin.url,
    apiClientKey,
    privateKeyPem: ours.privateKeyPem,
    authScheme: 'signed-header',
    signatureType: 'data_signature',
    emptyPayload: '{}',
    timestampZone: 'UTC',
    clock,
  });
  const bytes = lender.encode({
    signingSessionId: '3f1d2c4b-5a69-4788-9a0b-1c2d3e4f5a6b',
    debtKey: 'debt-1',
    contractText: 'Cédula',
    acceptedAt: new Date('2026-01-01T02:30:59.999Z'),
    clientIp: '192.0.2.1',
    signer: { name: 'Ana Souza', email: 'ana@example.com', document, phone: '+5511987654321' },
  });
  await lender.submit('debt-1', bytes);
}

const states = () => heard.map(([state]) => state);
const shown = async () => (await fetch(`${twin.url}/sandbox/debts/debt-1`)).json();
const patience = { timeout: 20_000 };
const notices = (howMany: number) => expect.poll(async () => (await shown()).notices.length, patience).toBe(howMany);

describe.each(['signed-header', 'encoded-body'] as const)('in the form %s', (scheme) => {
  test('a stored signature is told of in both its states, and acknowledged', async () => {
    await startTwin(scheme);
    await sign('52998224725');
    await notices(2);
    expect(states()).toEqual(['signature_finished', 'signed']);
    expect((await shown()).notices).toMatchObject([
      { isAcknowledged: true },
      { isAcknowledged: true, httpStatus: 200 },
    ]);
  });
});

test('one row of the table tells everything twice', async () => {
  await startTwin();
  await sign('10000004006');
  await notices(4);
  expect(states()).toEqual(['signature_finished', 'signature_finished', 'signed', 'signed']);
  expect(new Set(heard.map((notice) => JSON.stringify(notice))).size).toBe(2);
});

test('one row tells the last thing first', async () => {
  await startTwin();
  await sign('10000004197');
  await notices(2);
  expect(states()).toEqual(['signed', 'signature_finished']);
});

test('what was not stored is not told of', async () => {
  await startTwin();
  await sign('10000000280');
  await sign('52998224725');
  await notices(2);
  expect(states()).toEqual(['signature_finished', 'signed']);
});

test('a debt is cancelled by hand, in any state, and told of with the blank that the lender leaves', async () => {
  await startTwin();
  const answer = await fetch(`${twin.url}/sandbox/debts/debt-1/cancel`, { method: 'POST' });
  expect(await answer.json()).toEqual({ status: 'canceled' });
  await notices(1);
  expect(states()).toEqual(['canceled']);
  expect((await shown()).status).toBe('canceled');
});

test('without a signed acknowledgement a notice comes three times more, and then no more', async () => {
  await startTwin();
  silent = 100;
  await fetch(`${twin.url}/sandbox/debts/debt-1/cancel`, { method: 'POST' });
  await notices(4);
  silent = 1;
  await fetch(`${twin.url}/sandbox/debts/debt-1/cancel`, { method: 'POST' });
  await notices(6);
  expect((await shown()).notices.map((sent: { isAcknowledged: boolean }) => sent.isAcknowledged)).toEqual([
    ...[false, false, false, false],
    ...[false, true],
  ]);
});

test('an acknowledgement that another key signed is none', async () => {
  await startTwin('signed-header', generateClientKeyPair().publicKeyPem);
  await fetch(`${twin.url}/sandbox/debts/debt-1/cancel`, { method: 'POST' });
  await notices(4);
  expect((await shown()).notices.at(-1)).toMatchObject({ httpStatus: 200, isAcknowledged: false });
});
