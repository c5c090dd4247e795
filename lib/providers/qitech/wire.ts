import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** How long each step may take and how much may come back; from `security-and-reliability` 8.2 and 8.3. */
export type WireLimits = {
  connectMs: number;
  tlsMs: number;
  /** From the connection being ready to the reply's head. */
  firstByteMs: number;
  totalMs: number;
  replyBytesMax: number;
};

export const wireLimits: WireLimits = {
  connectMs: 3_000,
  tlsMs: 3_000,
  firstByteMs: 10_000,
  totalMs: 15_000,
  // A real reply has a few hundred bytes; more than this is a machine gone wrong.
  replyBytesMax: 256 * 1024,
};

export type WireRequest = {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: Uint8Array;
};

export type WireHead = { status: number; headers: Record<string, string> };

/** One call's end. `mayHaveArrived` is false only while no connection was ready to carry a byte of the request. */
export type WireResult = { mayHaveArrived: boolean; head?: WireHead; body: Buffer } & (
  | { kind: 'replied'; head: WireHead }
  | { kind: 'failed'; reason: string }
);

type Phase = 'connecting' | 'securing' | 'waiting' | 'reading';

/**
 * Sends one request over a connection of its own and reads the whole reply. Never rejects. No redirect is followed, nothing is
 * decompressed, nothing is tried again. A kept-alive connection that the lender closes while idle would look like a reset after
 * the body, and cost a question instead of one handshake: so none is kept.
 */
export function sendOnce(request: WireRequest, limits: WireLimits): Promise<WireResult> {
  return new Promise((resolve) => {
    const outgoing = open(request);
    const chunks: Buffer[] = [];
    let phase: Phase = 'connecting';
    let head: WireHead | undefined;
    const settle = (end: { kind: 'replied'; head: WireHead } | { kind: 'failed'; reason: string }) => {
      clearTimeout(phaseTimer);
      clearTimeout(totalTimer);
      outgoing.destroy();
      const mayHaveArrived = phase === 'waiting' || phase === 'reading';
      resolve({ mayHaveArrived, body: Buffer.concat(chunks), ...(head ? { head } : {}), ...end });
    };
    const fail = (reason: string) => settle({ kind: 'failed', reason });
    const totalTimer = setTimeout(() => fail('total_timeout'), limits.totalMs);
    let phaseTimer = setTimeout(() => fail('connect_timeout'), limits.connectMs);
    const enter = (next: Phase, timeoutMs?: number, reason?: string) => {
      phase = next;
      clearTimeout(phaseTimer);
      if (timeoutMs !== undefined && reason) phaseTimer = setTimeout(() => fail(reason), timeoutMs);
    };
    const awaitReply = () => enter('waiting', limits.firstByteMs, 'first_byte_timeout');

    outgoing.on('socket', (socket) => {
      const isSecure = request.url.protocol === 'https:';
      socket.once('connect', () => (isSecure ? enter('securing', limits.tlsMs, 'tls_timeout') : awaitReply()));
      if (isSecure) socket.once('secureConnect', awaitReply);
    });
    outgoing.on('response', (reply) => {
      enter('reading');
      head = { status: reply.statusCode ?? 0, headers: flatHeaders(reply) };
      collect(reply, chunks, limits.replyBytesMax, (problem) =>
        problem || !head ? fail(problem ?? 'reply_cut_short') : settle({ kind: 'replied', head }),
      );
    });
    outgoing.on('error', (error) => fail(failureIn(phase, error)));
    outgoing.on('close', () => fail(failureIn(phase)));
    outgoing.end(request.body);
  });
}

function open({ method, url, headers, body }: WireRequest): ClientRequest {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const length = body ? { 'Content-Length': String(body.length) } : {};
  return send(url, { method, headers: { ...headers, ...length }, agent: false });
}

function flatHeaders(reply: IncomingMessage): Record<string, string> {
  const pairs = Object.entries(reply.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]);
  return Object.fromEntries(pairs);
}

/** Reads until the end, an end too early or the cap; calls back once per event, and the first call wins. */
function collect(reply: IncomingMessage, chunks: Buffer[], bytesMax: number, done: (problem?: string) => void): void {
  let received = 0;
  reply.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > bytesMax) return done('reply_too_large');
    chunks.push(chunk);
  });
  reply.on('end', () => done(reply.complete ? undefined : 'reply_cut_short'));
  reply.on('error', () => done('reply_cut_short'));
  reply.on('close', () => done('reply_cut_short'));
}

const connectFailures: Record<string, string> = {
  ENOTFOUND: 'dns_failed',
  EAI_AGAIN: 'dns_failed',
  ECONNREFUSED: 'connection_refused',
};

/** A word for what broke, told by how far the call had come. */
function failureIn(phase: Phase, error?: Error): string {
  const code = error && 'code' in error ? String(error.code) : '';
  if (phase === 'connecting') return connectFailures[code] ?? 'connection_failed';
  if (phase === 'securing') return isCertificateFault(code) ? 'certificate_invalid' : 'tls_failed';
  if (phase === 'reading') return 'reply_cut_short';
  return code.startsWith('HPE_') ? 'reply_malformed' : 'connection_reset';
}

function isCertificateFault(code: string): boolean {
  return /CERT|UNABLE_TO_|SELF_SIGNED|ALTNAME/.test(code);
}
