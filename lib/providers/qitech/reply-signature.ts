import type { KeyObject } from 'node:crypto';
import { openCompact } from './jws.ts';
import { md5Hex } from './request-authentication.ts';

/** The lender's own sample code calls a reply stale after five minutes. */
const ageMsMax = 5 * 60_000;
/** It also refuses dates in the future; a minute is left for two clocks that are both nearly right. */
const aheadMsMax = 60_000;

/** What the reply is held against: what we asked, when, and whose key must have signed. */
export type ReplyContext = {
  method: string;
  uri: string;
  at: Date;
  apiClientKey: string;
  lenderPublicKey: KeyObject;
};

export type SignedReply = { headers: Record<string, string>; body: Uint8Array; encodedBody?: string };

/** True when the reply is signed, in either scheme, by the lender's key, for this request, and recently. */
export function isReplySigned(reply: SignedReply, context: ReplyContext): boolean {
  const authorization = reply.headers.authorization;
  if (!authorization) return false;
  return authorization.startsWith('QIT ')
    ? isEnvelopeSigned(authorization.slice('QIT '.length), reply, context)
    : isHeaderSigned(authorization, reply, context);
}

/** The older form: both tokens verify, both keys are ours, and the five lines name this request and this very envelope. */
function isEnvelopeSigned(keyAndToken: string, reply: SignedReply, context: ReplyContext): boolean {
  const separator = keyAndToken.indexOf(':');
  const claims = claimsOf(keyAndToken.slice(separator + 1), context.lenderPublicKey);
  if (!reply.encodedBody || !openCompact(reply.encodedBody, context.lenderPublicKey)) return false;
  if (typeof claims?.signature !== 'string') return false;
  const [method, md5, , date, path] = claims.signature.split('\n');
  return (
    separator > 0 &&
    keyAndToken.slice(0, separator) === context.apiClientKey &&
    reply.headers['api-client-key'] === context.apiClientKey &&
    method === context.method &&
    md5 === md5Hex(reply.encodedBody) &&
    isRecent(date, context.at) &&
    isAskedPath(path, context.uri)
  );
}

/** The newer form, as the lender's webhooks use it: a bare JWS over the raw bytes received. */
function isHeaderSigned(token: string, reply: SignedReply, context: ReplyContext): boolean {
  const claims = claimsOf(token, context.lenderPublicKey);
  return (
    claims !== undefined &&
    claims.method === context.method &&
    claims.payload_md5 === md5Hex(reply.body) &&
    isRecent(claims.timestamp, context.at) &&
    isAskedPath(claims.uri, context.uri)
  );
}

function claimsOf(token: string, key: KeyObject): Record<string, unknown> | undefined {
  const payload = openCompact(token, key);
  if (!payload) return undefined;
  try {
    const claims: unknown = JSON.parse(payload.toString('utf8'));
    return typeof claims === 'object' && claims !== null ? { ...claims } : undefined;
  } catch {
    return undefined;
  }
}

function isRecent(date: unknown, at: Date): boolean {
  const ageMs = typeof date === 'string' ? at.getTime() - Date.parse(date) : Number.NaN;
  return ageMs <= ageMsMax && ageMs >= -aheadMsMax;
}

/** Whether a signed path carries the query is nowhere documented, so both spellings of our own address count. */
function isAskedPath(path: unknown, uri: string): boolean {
  return path === uri || path === uri.split('?')[0];
}
