import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

export type PostLimits = { totalMs: number; replyBytesMax: number };

export const postLimits: PostLimits = {
  // Authorities and witnesses answer within a second or two; whoever is slower is asked again.
  totalMs: 10_000,
  // A time stamp with a whole chain has 3 to 8 KiB, a cosignature 150 bytes, post-quantum ones under 5 KiB each.
  replyBytesMax: 64 * 1024,
};

type PostRequest = { url: URL; headers: Record<string, string>; body: Uint8Array };

/** `type` is lower case and without parameters; `reason` is a stable lower_snake word for logs. */
export type PostReply = { ok: true; status: number; type: string; body: Uint8Array } | { ok: false; reason: string };

/**
 * Posts once over a connection of its own and reads the whole reply. Never rejects. No redirect is followed, nothing is decompressed,
 * nothing is tried again.
 */
export function postOnce({ url, headers: own, body }: PostRequest, limits: PostLimits): Promise<PostReply> {
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const headers = { ...always, ...own, 'Content-Length': String(body.length) };
    const outgoing = send(url, { method: 'POST', headers, agent: false });
    const settle = (reply: PostReply) => {
      clearTimeout(timer);
      outgoing.destroy();
      resolve(reply);
    };
    const fail = (reason: string) => settle({ ok: false, reason });
    const lose = () => fail('connection_failed');
    const timer = setTimeout(() => fail('timeout'), limits.totalMs);
    outgoing.once('response', (reply) => {
      // From here on the reply tells how it ended, and more exactly.
      outgoing.off('close', lose);
      collect(reply, limits.replyBytesMax, (read) =>
        typeof read === 'string' ? fail(read) : settle(replyOf(reply, read)),
      );
    });
    outgoing.on('error', (error) => fail(failureIn(error)));
    outgoing.on('close', lose);
    outgoing.end(body);
  });
}

const always = { 'Accept-Encoding': 'identity', 'User-Agent': 'aceite' };

/** Reads until the end, an end too early or the cap; the first call of `done` wins. */
function collect(reply: IncomingMessage, bytesMax: number, done: (read: Buffer | string) => void): void {
  const chunks: Buffer[] = [];
  let received = 0;
  reply.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > bytesMax) return done('reply_too_large');
    chunks.push(chunk);
  });
  reply.on('end', () => done(reply.complete ? Buffer.concat(chunks) : 'reply_cut_short'));
  reply.on('error', () => done('reply_cut_short'));
  reply.on('close', () => done('reply_cut_short'));
}

function replyOf(reply: IncomingMessage, body: Buffer): PostReply {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = reply.headers;
  if (encoding.trim().toLowerCase() !== 'identity') return { ok: false, reason: 'reply_compressed' };
  const bare = (type.split(';')[0] ?? '').trim().toLowerCase();
  return { ok: true, status: reply.statusCode ?? 0, type: bare, body };
}

const failures: Record<string, string> = {
  ENOTFOUND: 'dns_failed',
  EAI_AGAIN: 'dns_failed',
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
};

function failureIn(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  if (/CERT|UNABLE_TO_|SELF_SIGNED|ALTNAME/.test(code)) return 'certificate_invalid';
  if (code.startsWith('HPE_')) return 'reply_malformed';
  return failures[code] ?? 'connection_failed';
}
