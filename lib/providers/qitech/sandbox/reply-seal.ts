import { hash, type KeyObject, sign } from 'node:crypto';
import type { ReceivedRequest } from './received-request.ts';

export type SealedReply = { headers: Record<string, string>; body: string };

/** Wraps a JSON reply as the older scheme does: the body as a JWS in `encoded_body`, the five lines about it in the header. */
export function sealedReply(
  json: string,
  request: Pick<ReceivedRequest, 'method' | 'uri' | 'at'>,
  terms: { apiClientKey: string; replyKey: KeyObject },
): SealedReply {
  const { apiClientKey, replyKey: key } = terms;
  const token = jws(json, key);
  const lines = [request.method, hash('md5', token), 'application/json', request.at.toUTCString(), request.uri];
  const proof = jws(JSON.stringify({ sub: apiClientKey, signature: lines.join('\n') }), key);
  return {
    headers: { 'API-CLIENT-KEY': apiClientKey, Authorization: `QIT ${apiClientKey}:${proof}` },
    body: JSON.stringify({ encoded_body: token }),
  };
}

export function jws(payload: string, key: KeyObject): string {
  const parts = [JSON.stringify({ alg: 'ES512', typ: 'JWT' }), payload].map((part) =>
    Buffer.from(part).toString('base64url'),
  );
  const signature = sign('sha512', Buffer.from(parts.join('.')), { key, dsaEncoding: 'ieee-p1363' });
  return [...parts, signature.toString('base64url')].join('.');
}
