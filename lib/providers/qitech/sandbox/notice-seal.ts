import { hash, type KeyObject } from 'node:crypto';
import type { RequestCheck } from './check-terms.ts';
import { jws, type SealedReply, sealedReply } from './reply-seal.ts';

export type NoticeScheme = Extract<RequestCheck, { ok: true }>['scheme'];

/** Signs a notice as the lender does: in the newer scheme the JSON stays plain and a bare JWS names its MD5, in the older one it is wrapped. */
export function sealedNotice(
  json: string,
  { scheme, uri, at }: { scheme: NoticeScheme; uri: string; at: Date },
  terms: { apiClientKey: string; replyKey: KeyObject },
): SealedReply {
  if (scheme === 'encoded-body') return sealedReply(json, { method: 'POST', uri, at }, terms);
  const timestamp = at.toISOString().replace('Z', '000Z');
  const claims = { payload_md5: hash('md5', json), timestamp, method: 'POST', uri };
  const headers = { 'API-CLIENT-KEY': terms.apiClientKey, Authorization: jws(JSON.stringify(claims), terms.replyKey) };
  return { headers, body: json };
}
