import { hash } from 'node:crypto';
import { type CheckSettings, dateFault, type RequestCheck } from './check-terms.ts';
import { objectIn } from './json-object.ts';
import type { ReceivedRequest } from './received-request.ts';

/** Milliseconds in the lender's upload example, microseconds in all the others. */
const timestampForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(\d{3}|\d{6})Z$/;

/** The current scheme: a bare JWS whose claims name the body's MD5, the instant, the method and the path with its query. */
export async function checkHeader(
  token: string,
  request: ReceivedRequest,
  settings: CheckSettings,
): Promise<RequestCheck> {
  const opened = await settings.checkToken(token);
  if (!opened.ok) return opened;
  const claims = objectIn(opened.payload);
  const verdict = claims ? claimsFault(claims, request) : 'token_claims_malformed';
  return verdict ? { ok: false, verdict } : { ok: true, scheme: 'signed-header', content: request.body };
}

function claimsFault(claims: Record<string, unknown>, request: ReceivedRequest): string | undefined {
  const { method, uri, timestamp, payload_md5: md5 } = claims;
  if (method !== request.method) return 'method_mismatch';
  if (uri !== request.uri) return 'uri_mismatch';
  if (typeof timestamp !== 'string' || !timestampForm.test(timestamp)) return 'date_malformed';
  return (
    dateFault(Date.parse(timestamp), request.at) ??
    (md5sOf(request.body).includes(String(md5)) ? undefined : 'payload_md5_mismatch')
  );
}

/** Over the raw bytes, and nothing else. Of no bytes at all both readings of "an empty payload" count. */
function md5sOf(body: Buffer): string[] {
  return body.length > 0 ? [hash('md5', body)] : [hash('md5', ''), hash('md5', '{}')];
}
