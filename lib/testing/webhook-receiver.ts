import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { everyType } from '#lib/domain/webhook-type.ts';
import type { NewWebhookInput } from '#lib/schema/new-webhook.ts';
import { sendTest } from '#lib/usecases/system/webhooks/change-endpoint.ts';
import { type CreatedEndpoint, createEndpoint } from '#lib/usecases/system/webhooks/create-endpoint.ts';
import { claimWebhook, type WebhookOutcome } from '#lib/usecases/system/webhooks/deliver-webhook.ts';
import type { TestPortal } from './portal.ts';

export type ReceivedWebhook = {
  headers: Record<string, string>;
  body: Buffer;
  /** Of the body, as the receiver reads it. */
  message: { eventId: string; type: string; occurredAt: string; data: Record<string, unknown> };
};

export type WebhookReceiver = {
  url: string;
  received: ReceivedWebhook[];
  /** What it answers from now on; 204 at first. */
  answer: (response: ServerResponse, request: IncomingMessage) => void;
  stop(): Promise<void>;
};

/** A merchant's receiver over HTTP, which keeps what came and answers as it was told. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    receiver.received.push({ headers, body, message: JSON.parse(body.toString('utf8')) });
    receiver.answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received: [],
    answer: (response) => void response.writeHead(204).end(),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
}

/** An endpoint of the merchant's workspace, of all types unless told otherwise. */
export async function endpointAt(
  { ctx, merchant }: TestPortal,
  url: string,
  eventTypes: NewWebhookInput['eventTypes'] = [everyType],
): Promise<CreatedEndpoint> {
  const made = await createEndpoint(ctx, merchant.workspaceId, { url, eventTypes });
  if (!made.ok) throw new Error(made.code);
  return made;
}

/** Queues a `webhook.test` for an endpoint, and answers its id. */
export async function queuedTest({ ctx, merchant }: TestPortal, endpointId: string): Promise<string> {
  const sent = await sendTest(ctx, merchant.workspaceId, endpointId);
  if (!sent.ok) throw new Error(sent.code);
  return sent.eventId;
}

/** Makes all attempts that are due, one after the other. */
export async function sendDue(ctx: TestPortal['ctx']): Promise<(WebhookOutcome | undefined)[]> {
  const outcomes: (WebhookOutcome | undefined)[] = [];
  for (let attempt = await claimWebhook(ctx); attempt; attempt = await claimWebhook(ctx))
    outcomes.push(await attempt());
  return outcomes;
}
