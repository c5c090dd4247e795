import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

export type PostLimits = { totalMs: number; replyBytesMax: number };

export const postLimits: PostLimits = {
  // A witness signs and writes one small file; one that is slower is asked again at the next checkpoint.
  totalMs: 10_000,
  // A cosignature has about 150 bytes, post-quantum ones of others under 5 KiB each.
  replyBytesMax: 64 * 1024,
};

/** `type` is lower case and without parameters. */
export type PostReply = { ok: true; status: number; type: string; body: string } | { ok: false; reason: string };

/**
 * Posts once over a connection of its own and reads the whole reply as text. Never rejects. No redirect is followed, nothing is
 * decompressed, nothing is tried again.
 */
export function postOnce(url: URL, body: Uint8Array, limits: PostLimits): Promise<PostReply> {
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const headers = {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': String(body.length),
      'Accept-Encoding': 'identity',
      'User-Agent': 'aceite',
    };
    const outgoing = send(url, { method: 'POST', headers, agent: false });
    const settle = (reply: PostReply) => {
      clearTimeout(timer);
      outgoing.destroy();
      resolve(reply);
    };
    const fail = (reason: string) => settle({ ok: false, reason });
    const timer = setTimeout(() => fail('timeout'), limits.totalMs);
    let broken = 'connection_failed';
    outgoing.on('response', (reply) => {
      broken = 'reply_cut_short';
      collect(reply, limits.replyBytesMax, (read) =>
        typeof read === 'string' ? fail(read) : settle(replyOf(reply, read)),
      );
    });
    outgoing.on('error', (error) => fail(failureIn(error)));
    outgoing.on('close', () => fail(broken));
    outgoing.end(body);
  });
}

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
  return { ok: true, status: reply.statusCode ?? 0, type: bare, body: body.toString('utf8') };
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
