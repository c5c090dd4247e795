import type { Checked } from './checked.ts';

/** Characters. What every browser, proxy and log takes; parameters of ours come on top. */
const returnUrlMax = 2000;

/** In a sandbox key's origins: any https origin, and loopback over http. Without meaning in production. */
const anyOrigin = '*';

export type ReturnAddressRefusal =
  | 'return_url_not_address'
  | 'return_url_scheme'
  | 'return_url_userinfo'
  | 'return_url_origin';

type Rules = { allowedOrigins: readonly string[]; isSandbox: boolean };

/**
 * Reads a merchant's `returnUrl` and returns its canonical form, the only one to be kept and linked. It is an absolute https address (http
 * to loopback in sandbox mode) whose origin is among the key's. Parsed once, by the URL standard's own parser; what that parser
 * mends silently (white space, backslashes, missing slashes, controls) is refused before, so that no other reader can
 * understand the same text differently. Custom schemes are refused. Source: `product-conventions` 1.4, threat T10.
 */
export function parseReturnUrl(
  text: string,
  { allowedOrigins, isSandbox }: Rules,
): Checked<string, ReturnAddressRefusal> {
  const parsed = parseWebAddress(text, isSandbox);
  if (!parsed.ok) return parsed;
  const url = parsed.value;
  const isAllowed = allowedOrigins.some((allowed) =>
    allowed === anyOrigin ? isSandbox : originOf(allowed) === url.origin,
  );
  return isAllowed ? { ok: true, value: url.href } : { ok: false, code: 'return_url_origin' };
}

/**
 * Reads an origin for an API key (`https://loja.example`, a lone slash at its end forgiven) and returns it in canonical form. The wildcard
 * is taken in sandbox mode only.
 */
export function parseReturnOrigin(text: string, isSandbox: boolean): Checked<string, ReturnAddressRefusal> {
  if (text === anyOrigin && isSandbox) return { ok: true, value: anyOrigin };
  const parsed = parseWebAddress(text, isSandbox);
  if (!parsed.ok) return parsed;
  const { origin, href } = parsed.value;
  return href === `${origin}/` ? { ok: true, value: origin } : { ok: false, code: 'return_url_origin' };
}

/** What the merchant's page is told; a courtesy, never the truth. */
export type ReturnFacts = { signingSessionId: string; orderId: string; status: string };

/**
 * The way back: the merchant's address with its own query as it was, `{SIGNING_SESSION_ID}` replaced in path, query and fragment, and our
 * three parameters after it. `returnUrl` is what `parseReturnUrl` has returned.
 */
export function returnAddressFor(returnUrl: string, facts: ReturnFacts): string {
  const url = new URL(returnUrl);
  const afterOrigin = returnUrl.slice(url.origin.length);
  // The URL parser writes the braces as %7B and %7D in a path and leaves them in a query.
  const filled = afterOrigin.replace(/(?:\{|%7B)SIGNING_SESSION_ID(?:\}|%7D)/gi, () =>
    encodeURIComponent(facts.signingSessionId),
  );
  const address = new URL(url.origin + filled);
  const { signingSessionId, orderId, status } = facts;
  const own = new URLSearchParams({ signingSessionId, orderId, status }).toString();
  address.search = address.search === '' ? own : `${address.search}&${own}`;
  return address.href;
}

function parseWebAddress(text: string, isSandbox: boolean): Checked<URL, ReturnAddressRefusal> {
  // Space, controls, format characters, lone surrogates and the backslash: all of them are mended or dropped by some reader.
  if (text.length > returnUrlMax || /[\s\p{Cc}\p{Cf}\p{Cs}\\]/u.test(text)) return refused('return_url_not_address');
  const [, scheme, afterColon = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(text) ?? [];
  if (scheme === undefined) return refused('return_url_not_address');
  if (!/^https?$/i.test(scheme)) return refused('return_url_scheme');
  const [, authority] = /^\/\/([^/?#]+)/.exec(afterColon) ?? [];
  if (authority === undefined || !URL.canParse(text)) return refused('return_url_not_address');
  if (authority.includes('@')) return refused('return_url_userinfo');
  const url = new URL(text);
  const isSafe = url.protocol === 'https:' || (isSandbox && isLoopback(url.hostname));
  return isSafe ? { ok: true, value: url } : refused('return_url_scheme');
}

/** The parser has already written every form of an IPv4 address (decimal, hexadecimal, short) as four decimal numbers. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function originOf(allowed: string): string | undefined {
  return URL.canParse(allowed) ? new URL(allowed).origin : undefined;
}

function refused(code: ReturnAddressRefusal): { ok: false; code: ReturnAddressRefusal } {
  return { ok: false, code };
}
