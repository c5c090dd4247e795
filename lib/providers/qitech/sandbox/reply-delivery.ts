import type { KeyObject } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import type { RequestCheck } from './check-terms.ts';
import type { Reply } from './documented-replies.ts';
import type { ReceivedRequest } from './received-request.ts';
import { sealedReply } from './reply-seal.ts';

export type ReplyTerms = {
  apiClientKey: string;
  /** Signs replies to requests of the older scheme. */
  replyKey: KeyObject;
  stallMs: number;
  /** Replies that are being held back; whoever stops the twin clears them. */
  stalls: Set<NodeJS.Timeout>;
};

type Addressee = { request: ReceivedRequest; check: RequestCheck; response: ServerResponse };

/** Gives the reply in its manner. A stalled one holds nobody else up. */
export function deliver(reply: Reply, addressee: Addressee, terms: ReplyTerms): void {
  if (reply.manner === 'reset') {
    addressee.response.socket?.resetAndDestroy();
  } else if (reply.manner === 'stalled') {
    const stall = setTimeout(() => {
      terms.stalls.delete(stall);
      write(reply, addressee, terms);
    }, terms.stallMs);
    terms.stalls.add(stall);
  } else {
    write(reply, addressee, terms);
  }
}

/** Whoever spoke in the older scheme is answered in it; a plain page stays what it is. */
function write(reply: Reply, { request, check, response }: Addressee, terms: ReplyTerms): void {
  const { status, headers = {}, content } = reply;
  const json = { 'Content-Type': 'application/json', ...headers };
  if ('html' in content) {
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', ...headers }).end(content.html);
  } else if (check.ok && check.scheme === 'encoded-body') {
    const sealed = sealedReply(JSON.stringify(content.json), request, terms);
    transmit(reply.manner, response, { status, headers: { ...json, ...sealed.headers }, body: sealed.body });
  } else {
    transmit(reply.manner, response, { status, headers: json, body: JSON.stringify(content.json) });
  }
}

type Written = { status: number; headers: Record<string, string>; body: string };

function transmit(manner: Reply['manner'], response: ServerResponse, { status, headers, body }: Written): void {
  if (manner === 'compressed') {
    response.writeHead(status, { ...headers, 'Content-Encoding': 'gzip' }).end(gzipSync(body));
  } else if (manner === 'cut_short') {
    response.writeHead(status, { ...headers, 'Content-Length': String(body.length * 2) });
    response.write(body, () => response.destroy());
  } else if (manner === 'reset_after_head') {
    response.writeHead(status, { ...headers, 'Content-Length': String(body.length) }).flushHeaders();
    // Called once what was written before it is on its way.
    response.socket?.write('', () => response.socket?.resetAndDestroy());
  } else if (manner === 'dripping') {
    response.writeHead(status, headers).write(body);
  } else if (manner === 'endless') {
    response.writeHead(status, headers).write(body);
    // Chunk by chunk, as the reader takes them; one that hangs up is told nothing more.
    pipeline(blanks(), response).catch(() => response.destroy());
  } else {
    response.writeHead(status, headers).end(body);
  }
}

const blank = Buffer.alloc(64 * 1024, ' ');
const endlessBytes = 100 * 1024 * 1024;

function blanks(): Readable {
  return Readable.from(Array.from({ length: endlessBytes / blank.length }, () => blank));
}

export function respondJson(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json));
}
