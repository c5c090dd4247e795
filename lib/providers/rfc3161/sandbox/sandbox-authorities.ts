import type { IncomingMessage, ServerResponse } from 'node:http';
import { Certificate } from 'pkijs';
import { sandboxAuthorityFile } from './authority-file.ts';
import { derOfPem, keyAlgorithm } from './pem-block.ts';
import { readQuery } from './read-query.ts';
import { type Signatory, stampedAnswer } from './stamp.ts';

export type SandboxAuthoritiesOptions = {
  /** Each is an authority of its own, under a root of its own. Lower-case letters, digits, hyphens. */
  names: string[];
  /** Where their certificates and keys are kept; made when missing. */
  folder: string;
  /** What the stamps say. */
  now: () => Date;
};

/** Answers the request and says true, or leaves it to others and says false. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A query has some 70 bytes. */
const queryBytesMax = 4_096;

/**
 * Time-stamp authorities of our own (RFC 3161 over HTTP), so that the sandbox shows stamps without a network; strangers have no reason
 * to trust them, since their roots are made here. `POST /sandbox/time-stamps/{name}` stamps; `…/{name}/away` takes the authority away until
 * `…/{name}/back`, for whoever wants to see what happens then. Throws when a file is damaged.
 */
export async function sandboxAuthorities({ names, folder, now }: SandboxAuthoritiesOptions): Promise<Handler> {
  const signatories = new Map<string, Signatory>();
  for (const name of names) signatories.set(name, await signatoryOf(folder, name));
  const away = new Set<string>();
  return (request, response) => {
    const [, name = '', act] =
      /^\/sandbox\/time-stamps\/([a-z0-9-]{1,32})(?:\/(away|back))?$/.exec(request.url ?? '') ?? [];
    const signatory = signatories.get(name);
    if (!signatory) return false;
    if (request.method !== 'POST') {
      refuse(response, 405, { Allow: 'POST' });
    } else if (act) {
      if (act === 'away') away.add(name);
      else away.delete(name);
      response.writeHead(204).end();
    } else if (away.has(name)) {
      refuse(response, 503);
    } else {
      // A sender that went away is answered by nobody, and nothing else stops.
      answer(request, response, signatory, now()).catch(() => response.destroy());
    }
    return true;
  };
}

async function signatoryOf(folder: string, name: string): Promise<Signatory> {
  const { certificate, privateKey } = await sandboxAuthorityFile({ folder, name });
  return {
    certificate: Certificate.fromBER(derOfPem(certificate)),
    privateKey: await crypto.subtle.importKey('pkcs8', derOfPem(privateKey), keyAlgorithm, false, ['sign']),
  };
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { Connection: 'close', ...headers }).end();
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  signatory: Signatory,
  at: Date,
): Promise<void> {
  if (request.headers['content-type'] !== 'application/timestamp-query') return refuse(response, 415);
  const body = await bodyOf(request);
  if (!body) return refuse(response, 413);
  const bytes = await stampedAnswer(readQuery(body), signatory, at);
  response.writeHead(200, { 'Content-Type': 'application/timestamp-reply', 'Content-Length': bytes.length }).end(bytes);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of request) {
    received += chunk.length;
    if (received > queryBytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
