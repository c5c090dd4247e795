import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { exampleCreateBody, exampleSessionId } from '#lib/schema/examples/example-session.ts';
import { operationExample } from '#lib/schema/examples/operation-example.ts';
import { problemExample } from '#lib/schema/examples/problem-example.ts';
import { operations } from '#lib/schema/operations.ts';
import { AceiteClient, AceiteError, type CreateSession } from './aceite-client.ts';
import { aceite } from './command-line.ts';
import { exampleFile, startExampleServer } from './example-server.ts';

const body = exampleCreateBody as unknown as CreateSession;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

test('the file in the repository is what the command writes', async () => {
  const { code, out } = await aceite('openapi', '--client');
  const kept = await readFile(join(import.meta.dirname, 'aceite-client.ts'), 'utf8');
  const mend = 'npm run --silent aceite -- openapi --client > lib/testing/aceite-client.ts';
  expect(`${out}\n` === kept, `the copy is old. Make it anew: ${mend}`).toBe(true);
  expect(code).toBe(0);
});

test('there is a method for every call, and each makes a request that the schemas allow', async () => {
  const server = await startExampleServer();
  closers.push(server.close);
  const client = new AceiteClient({ baseUrl: server.base, apiKey: server.apiKey });
  const bytes = new Uint8Array(Buffer.from(exampleFile));
  const answerOf = (operationId: string) => operationExample(operationId).answer?.('https://portal.example');
  expect(await client.createSigningSession(body)).toEqual(answerOf('createSigningSession'));
  expect(await client.listSigningSessions({ orderId: 'pedido-1001', limit: 20 })).toEqual(
    answerOf('listSigningSessions'),
  );
  expect(await client.listProviders()).toEqual(answerOf('listProviders'));
  expect(await client.readSigningSession(exampleSessionId)).toEqual(answerOf('readSigningSession'));
  expect(await client.cancelSigningSession(exampleSessionId, { reason: 'Pedido refeito' })).toMatchObject({
    status: 'CANCELLED',
  });
  expect(await client.readEvidence(exampleSessionId)).toMatchObject({ final: true });
  expect(await client.listWebhookKeys()).toEqual(answerOf('listWebhookKeys'));
  for (const file of ['readDossier', 'readCertificate', 'readDocument'] as const)
    expect(await client[file](exampleSessionId)).toEqual(bytes);
  expect(server.received.filter(({ fault }) => fault !== '')).toEqual([]);
  const called = server.received.map(({ operationId }) => operationId);
  expect(called.toSorted()).toEqual(
    operations
      .filter(({ scope }) => scope)
      .map(({ id }) => id)
      .toSorted(),
  );
});

describe('a call', () => {
  test('that writes is repeated under the same idempotency key while the portal is busy, and then answered', async () => {
    const { client, keys } = await answering([503, 429, 201]);
    expect(await client.createSigningSession(body)).toMatchObject({ status: 'PENDING' });
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[\x21-\x7e]{1,256}$/);
  });

  test('keeps the idempotency key that it is given', async () => {
    const { client, keys } = await answering([201]);
    await client.createSigningSession(body, { idempotencyKey: 'create-pedido-1001' });
    expect(keys).toEqual(['create-pedido-1001']);
  });

  test('is repeated when the connection breaks, and given up after as many times as was said', async () => {
    const { client, keys } = await answering(['reset', 201]);
    expect(await client.createSigningSession(body)).toMatchObject({ status: 'PENDING' });
    expect(new Set(keys).size).toBe(1);
    const dead = await answering(['reset', 'reset', 'reset', 'reset']);
    await expect(dead.client.readSigningSession(exampleSessionId)).rejects.toThrow();
    expect(dead.keys).toHaveLength(3);
  });

  test.each([400, 401, 404, 409, 422, 500])('is not repeated after %d, and says why it was refused', async (status) => {
    const { client, keys } = await answering([status, 201]);
    const error = await client.createSigningSession(body).catch((refused: unknown) => refused);
    if (!(error instanceof AceiteError)) throw new Error('it was not refused by an AceiteError');
    expect([error.status, error.code, error.problem?.signingSessionId]).toEqual([
      status,
      'session_already_open',
      exampleSessionId,
    ]);
    expect(keys).toHaveLength(1);
  });

  test('ends with the last refusal when the portal stays busy', async () => {
    const { client, keys } = await answering([503, 503, 503, 201]);
    await expect(client.listProviders()).rejects.toMatchObject({ status: 503 });
    expect(keys).toHaveLength(3);
  });

  test('stops when it is told to', async () => {
    const { client, keys } = await answering(['reset', 201]);
    const stop = AbortSignal.abort(new Error('enough'));
    await expect(client.listProviders({ signal: stop })).rejects.toThrow('enough');
    expect(keys).toEqual([]);
  });

  test('whose answer is a page of some proxy is refused as unexpected', async () => {
    const { client } = await answering(['page']);
    await expect(client.listProviders()).rejects.toMatchObject({ status: 404, code: 'unexpected_answer' });
  });
});

/** A portal that answers by a script, whatever it is asked, and the idempotency key of each request (empty for reads). */
async function answering(script: (number | 'reset' | 'page')[]): Promise<{ client: AceiteClient; keys: string[] }> {
  const keys: string[] = [];
  const listener: RequestListener = (request, response) => {
    keys.push(String(request.headers['x-idempotency-key'] ?? ''));
    const next = script.shift() ?? 500;
    if (next === 'reset') return void request.socket.destroy();
    if (next === 'page') return void response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>Not here</h1>');
    const isProblem = next >= 400;
    const type = isProblem ? 'application/problem+json' : 'application/json';
    const value = isProblem
      ? problemExample('session_already_open', 'https://portal.example/docs')
      : operationExample('createSigningSession').answer?.('https://portal.example');
    response.writeHead(next, { 'Content-Type': type, 'Retry-After': '0' }).end(JSON.stringify(value));
  };
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closers.push(() => new Promise<void>((closed) => server.close(() => closed())));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  return { client: new AceiteClient({ baseUrl, apiKey: 'key' }), keys };
}
