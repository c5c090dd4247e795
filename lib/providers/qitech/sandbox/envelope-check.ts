import { hash } from 'node:crypto';
import { type CheckSettings, dateFault, type RequestCheck } from './check-terms.ts';
import { objectIn } from './json-object.ts';
import type { ReceivedRequest } from './received-request.ts';

const authorizationForm = /^QIT ([^:\s]+):(\S+)$/;
/** RFC 1123, in GMT, to the second. */
const dateForm = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** The older scheme: the body is a JWS in `encoded_body`, and the header's JWS signs five lines about the request. */
export async function checkEnvelope(
  authorization: string,
  request: ReceivedRequest,
  settings: CheckSettings,
): Promise<RequestCheck> {
  const [key, token] = authorizationForm.exec(authorization)?.slice(1) ?? [];
  if (!key || !token) return { ok: false, verdict: 'token_malformed' };
  if (key !== settings.apiClientKey) return { ok: false, verdict: 'api_key_mismatch' };
  const opened = await settings.checkToken(token);
  if (!opened.ok) return opened;
  const envelope = await openEnvelope(request.body, settings);
  if (!envelope.ok) return envelope;
  const claims = objectIn(opened.payload);
  if (claims?.sub !== key) return { ok: false, verdict: 'api_key_mismatch' };
  const verdict = linesFault(String(claims.signature), request, md5sOf(envelope, settings));
  return verdict ? { ok: false, verdict } : { ok: true, scheme: 'encoded-body', content: envelope.content };
}

type Envelope = { ok: true; token: string; content: Buffer };

async function openEnvelope(body: Buffer, settings: CheckSettings): Promise<Envelope | { ok: false; verdict: string }> {
  if (body.length === 0) return { ok: true, token: '', content: body };
  const { encoded_body: token, ...others } = objectIn(body) ?? {};
  if (typeof token !== 'string' || Object.keys(others).length > 0)
    return { ok: false, verdict: 'encoded_body_missing' };
  const opened = await settings.checkToken(token);
  return opened.ok
    ? { ok: true, token, content: opened.payload }
    : { ok: false, verdict: `encoded_body_${opened.verdict}` };
}

function linesFault(text: string, request: ReceivedRequest, md5s: string[]): string | undefined {
  const [method, md5, type, date, path, ...others] = text.split('\n');
  if (path === undefined || date === undefined || others.length > 0) return 'token_claims_malformed';
  if (method !== request.method) return 'method_mismatch';
  if (path !== request.uri) return 'uri_mismatch';
  // The lender's samples leave the type empty in three languages and name it in a fourth: it is whatever was signed.
  if (type !== '' && type !== 'application/json') return 'content_type_mismatch';
  if (!dateForm.test(date)) return 'date_malformed';
  return dateFault(Date.parse(date), request.at) ?? (md5s.includes(md5 ?? '') ? undefined : 'payload_md5_mismatch');
}

function md5sOf({ token, content }: Envelope, { acceptsPlainJsonMd5 }: CheckSettings): string[] {
  if (token === '') return [''];
  return acceptsPlainJsonMd5 ? [hash('md5', token), hash('md5', pythonSpaced(content))] : [hash('md5', token)];
}

/** A flat object of texts as Python's `json.dumps` spaces it; enough for the one published example. */
function pythonSpaced(content: Buffer): string {
  const members = Object.entries(objectIn(content) ?? {});
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')}}`;
}
