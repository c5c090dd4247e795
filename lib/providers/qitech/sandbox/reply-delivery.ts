import type { KeyObject } from 'node:crypto';
import type { ServerResponse } from 'node:http';
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
  if ('html' in content) {
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', ...headers }).end(content.html);
  } else if (check.ok && check.scheme === 'encoded-body') {
    const sealed = sealedReply(JSON.stringify(content.json), request, terms);
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers, ...sealed.headers }).end(sealed.body);
  } else {
    respondJson(response, status, content.json, headers);
  }
}

export function respondJson(
  response: ServerResponse,
  status: number,
  json: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(json));
}
