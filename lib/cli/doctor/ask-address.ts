import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

const limits = { totalMs: 10_000, bodyBytesMax: 64 * 1024 };

/** `local`: our own end of the connection. `fault`: the system's word for why there was no answer. */
export type Told =
  | { ok: true; status: number; body: string; local: { address: string; port: number } }
  | { ok: false; fault: string };

/** One GET over a connection of its own. Never rejects; follows nothing, decompresses nothing. */
export function askAddress(url: string, headers: Record<string, string> = {}): Promise<Told> {
  return new Promise((resolve) => {
    const send = new URL(url).protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(url, { headers: { ...always, ...headers }, agent: false });
    const settle = (told: Told) => {
      clearTimeout(timer);
      outgoing.destroy();
      resolve(told);
    };
    const timer = setTimeout(() => settle({ ok: false, fault: 'timeout' }), limits.totalMs);
    outgoing.once('response', (reply) => {
      const { localAddress: address = '', localPort: port = 0 } = reply.socket;
      readBody(reply, (body) => {
        if (body === undefined) settle({ ok: false, fault: 'reply_too_large' });
        else settle({ ok: true, status: reply.statusCode ?? 0, body, local: { address, port } });
      });
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => settle({ ok: false, fault: error.code ?? error.name }));
    outgoing.end();
  });
}

const always = { 'Accept-Encoding': 'identity', 'User-Agent': 'aceite doctor' };

function readBody(reply: IncomingMessage, done: (body: string | undefined) => void): void {
  const chunks: Buffer[] = [];
  let received = 0;
  reply.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > limits.bodyBytesMax) done(undefined);
    else chunks.push(chunk);
  });
  reply.on('end', () => done(Buffer.concat(chunks).toString('utf8')));
}

/** Words of TLS for a certificate that nobody should believe. */
export const isCertificateFault = (fault: string): boolean => /CERT|UNABLE_TO_|SELF_SIGNED|ALTNAME/.test(fault);
