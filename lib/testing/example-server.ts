import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { operationExample } from '#lib/schema/examples/operation-example.ts';
import { problemExample } from '#lib/schema/examples/problem-example.ts';
import { type Operation, operations } from '#lib/schema/operations.ts';

/** What came in, and what was wrong with it by the schemas; `fault` is empty when nothing was. */
export type ReceivedCall = { operationId: string; fault: string };

export type ExampleServer = { base: string; apiKey: string; received: ReceivedCall[]; close(): Promise<void> };

/** The bytes of every file that is asked for. */
export const exampleFile = 'not a real file, but these bytes';

/**
 * A stranger to our own routes that knows the API from its schemas alone: it holds each request against them, and answers the documented
 * example. A program that it accepts has said what the reference says.
 */
export async function startExampleServer(): Promise<ExampleServer> {
  const received: ReceivedCall[] = [];
  const apiKey = 'key-of-the-example';
  const server = createServer(async (request, response) => {
    const operation = operationOf(request);
    const fault = operation
      ? faultOf(operation, request, await text(request), apiKey)
      : `${request.url} is no operation`;
    received.push({ operationId: operation?.id ?? '', fault });
    const { answer, savedAs } = operationExample(operation?.id ?? 'readDescription');
    if (fault !== '') {
      const code = fault === wrongKey ? 'unauthorized' : 'validation_failed';
      response.writeHead(fault === wrongKey ? 401 : 422, { 'Content-Type': 'application/problem+json' });
      response.end(JSON.stringify({ ...problemExample(code, base), detail: fault }));
      return;
    }
    response.writeHead(operation?.success.status ?? 500, { 'Content-Type': 'application/json' });
    response.end(savedAs === undefined ? JSON.stringify(answer?.('https://portal.example')) : exampleFile);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { base, apiKey, received, close };
}

const addressOf = ({ url = '' }: IncomingMessage): URL => new URL(url, 'http://127.0.0.1');

function operationOf(request: IncomingMessage): Operation | undefined {
  const path = addressOf(request).pathname.replace('/api/v1', '');
  const isOf = (operation: Operation) => {
    const { id = '' } = operationExample(operation.id);
    return operation.method.toUpperCase() === request.method && operation.path.replace('{id}', id) === path;
  };
  return operations.find(isOf);
}

const wrongKey = 'X-API-Key is not the key';

function faultOf({ scope, query, body }: Operation, request: IncomingMessage, sent: string, apiKey: string): string {
  const { headers } = request;
  if (scope && headers['x-api-key'] !== apiKey) return wrongKey;
  const { searchParams } = addressOf(request);
  const asked = query?.safeParse(Object.fromEntries(searchParams));
  if (asked ? !asked.success : searchParams.size > 0) return `the query ${searchParams} is refused`;
  if (!body) return sent === '' ? '' : 'there is a body, and the operation takes none';
  if (!/^application\/json(?:; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '')) return 'the type is not JSON';
  if (!/^[\x21-\x7e]{1,256}$/.test(String(headers['x-idempotency-key'] ?? ''))) return 'there is no idempotency key';
  return body.schema.safeParse(JSON.parse(sent)).error?.message ?? '';
}
