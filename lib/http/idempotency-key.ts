import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/domain/canonical-json.ts';

/** Visible ASCII, at most 256 characters: what every proxy and log carries unchanged. */
const keyShape = /^[\x21-\x7e]{1,256}$/;
const names = ['x-idempotency-key', 'idempotency-key'] as const;

export type KeyAnswer = { ok: true; key?: string } | { ok: false; code: 'idempotency_key_invalid' };

/**
 * The idempotency key of a request, from either header, bare or as a quoted structured-field string. An empty header is a mistake, not
 * an absent one; two headers must agree. Rules: `security-and-reliability` section 5.
 */
export function readIdempotencyKey(headers: Headers): KeyAnswer {
  const given = names.map((name) => headers.get(name)).filter((value) => value !== null);
  if (given.length === 0) return { ok: true };
  const [key, other] = given.map(unquoted);
  const agree = given.length === 1 || key === other;
  return key !== undefined && agree && keyShape.test(key) ? { ok: true, key } : refused;
}

type Fingerprinted = { method: string; path: string; query: URLSearchParams; body: unknown };

/**
 * What makes two requests the same one: method, address (its version included), query and the validated body before defaults. Two
 * byte sequences that parse to the same JSON are the same request; headers do not count.
 */
export function fingerprintOf({ method, path, query, body }: Fingerprinted): Uint8Array {
  const sorted = new URLSearchParams([...query].sort(([a], [b]) => (a < b ? -1 : 1)));
  const canonicalBody = body === undefined ? '' : canonicalJson(body);
  return createHash('sha256').update(`${method}\n${path}\n${sorted}\n${canonicalBody}`).digest();
}

const refused = { ok: false, code: 'idempotency_key_invalid' } as const;

/** RFC 8941 string: only `"` and `\` are escaped. What begins with a quote and is not one is no key. */
function unquoted(value: string): string | undefined {
  if (!value.startsWith('"')) return value;
  const [, inner] = /^"((?:[^"\\]|\\["\\])*)"$/.exec(value) ?? [];
  return inner?.replace(/\\(["\\])/g, '$1');
}
