import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { retryAfterMs } from '#lib/domain/retry-after.ts';
import { parseWebhookUrl } from '#lib/domain/webhook-address.ts';
import type { WebhookFailure } from '#lib/domain/webhook-failure.ts';
import { attemptSecondsMax } from '#lib/domain/webhook-limits.ts';
import type { WebhookAnswer } from '#lib/domain/webhook-schedule.ts';
import type { WebhookExchange, WebhookMessage, WebhookSender } from '#lib/providers/webhook.ts';
import { findTarget, type Resolve, systemResolve } from './resolve.ts';
import { signedHeaders } from './signature.ts';

export type WebhookLimits = { totalMs: number; replyBytesMax: number };

const webhookLimits: WebhookLimits = {
  totalMs: attemptSecondsMax * 1000,
  // Only the beginning of an answer is of use, and its status says the rest.
  replyBytesMax: 4096,
};

type SenderOptions = {
  isSandbox: boolean;
  clock(): Date;
  resolve?: Resolve;
  limits?: Partial<WebhookLimits>;
  /** PEM: whom to believe beside the system's own authorities. */
  ca?: string;
};

/** Sends over a connection of its own to the one address that was looked at. The resolver, limits and authority are for tests. */
export function createWebhookSender(options: SenderOptions): WebhookSender {
  return {
    send: async (message) => {
      const began = performance.now();
      const sent = await sendOnce(message, options);
      return { ...sent, latencyMs: Math.round(performance.now() - began) };
    },
  };
}

type Sent = Omit<WebhookExchange, 'latencyMs'>;

async function sendOnce(message: WebhookMessage, options: SenderOptions): Promise<Sent> {
  const limits = { ...webhookLimits, ...options.limits };
  const deadline = performance.now() + limits.totalMs;
  // The mode may be another than when the address was written down.
  const parsed = parseWebhookUrl(message.url, options.isSandbox);
  if (!parsed.ok) return { answer: { reason: 'address_not_allowed' } };
  const url = new URL(parsed.value);
  const target = await inTime(findTarget(url, options.resolve ?? systemResolve, options.isSandbox), limits.totalMs);
  if (!target) return { answer: { reason: 'timeout' } };
  if (!target.ok) return { answer: { reason: target.reason } };
  const headers = { ...ownHeaders, ...signedHeaders(message, options.clock()) };
  return exchange({ url, address: target.address, headers, body: message.body, ca: options.ca }, options.clock, {
    ...limits,
    totalMs: Math.max(deadline - performance.now(), 1),
  });
}

const ownHeaders = { 'Content-Type': 'application/json', 'Accept-Encoding': 'identity', 'User-Agent': 'aceite' };

/** Undefined when it takes longer; a resolver cannot be told to stop. */
async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((settle) => {
    timer = setTimeout(() => settle(undefined), limitMs);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}

type Outgoing = {
  url: URL;
  address: string;
  headers: Record<string, string>;
  body: Uint8Array;
  ca: string | undefined;
};

/** No redirect is followed, nothing is decompressed, no connection or TLS session is used again. Never rejects. */
function exchange(
  { url, address, headers, body, ca }: Outgoing,
  clock: () => Date,
  limits: WebhookLimits,
): Promise<Sent> {
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'Content-Length': String(body.length) },
      lookup: only(address),
      ...(ca !== undefined && { ca }),
    });
    const settle = (sent: Sent) => {
      clearTimeout(timer);
      outgoing.destroy();
      resolve(sent);
    };
    const fail = (reason: WebhookFailure) => settle({ answer: { reason } });
    const lose = () => fail('connection_reset');
    const timer = setTimeout(() => fail('timeout'), limits.totalMs);
    outgoing.once('response', (reply) => {
      outgoing.off('close', lose);
      collect(reply, limits.replyBytesMax, (read) =>
        typeof read === 'string' ? fail(read) : settle(sentWith(reply, read, clock())),
      );
    });
    outgoing.on('error', (error) => fail(failureIn(error)));
    outgoing.on('close', lose);
    outgoing.end(body);
  });
}

/** In place of a resolver: whatever name the connection is for, it goes to this address. */
function only(address: string): NonNullable<RequestOptions['lookup']> {
  const family = isIP(address);
  return (_name, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family));
}

/** Reads the beginning; what comes after it is neither waited for nor read. An answer that breaks off within it is none. */
function collect(reply: IncomingMessage, bytesMax: number, done: (read: Buffer | 'reply_cut_short') => void): void {
  const chunks: Buffer[] = [];
  let received = 0;
  reply.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
    if (received >= bytesMax) done(Buffer.concat(chunks).subarray(0, bytesMax));
  });
  reply.on('end', () => done(reply.complete ? Buffer.concat(chunks) : 'reply_cut_short'));
  reply.on('error', () => done('reply_cut_short'));
  reply.on('close', () => done('reply_cut_short'));
}

function sentWith(reply: IncomingMessage, read: Buffer, at: Date): Sent {
  const { 'content-encoding': encoding = 'identity', 'retry-after': retryAfter } = reply.headers;
  const answer: WebhookAnswer = { status: reply.statusCode ?? 0, retryAfterMs: retryAfterMs(retryAfter, at) };
  // The status says all that matters; compressed bytes are not for people.
  const isPlain = encoding.trim().toLowerCase() === 'identity';
  return { answer, ...(isPlain && read.length > 0 && { reply: new TextDecoder('utf-8').decode(read) }) };
}

const failures: Record<string, WebhookFailure> = {
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
  // Node reads 16 KiB of headers and no more.
  HPE_HEADER_OVERFLOW: 'reply_headers_too_large',
};

function failureIn(error: Error): WebhookFailure {
  const code = 'code' in error ? String(error.code) : '';
  const known = failures[code];
  if (known) return known;
  if (/CERT|UNABLE_TO_|SELF_SIGNED|ALTNAME/.test(code)) return 'certificate_invalid';
  if (code.startsWith('HPE_')) return 'reply_malformed';
  if (/SSL|TLS|EPROTO/.test(code)) return 'tls_failed';
  return 'connection_failed';
}
