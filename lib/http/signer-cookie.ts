import { requestStore } from './request-store.ts';

/** Browsers keep far more, but the header they make must stay below every proxy's limit. */
const cookiesMax = 8;
const cookieShape = /^(?:__Host-)?aceite-[0-9a-f]{12}$/;

/** The value that this browser holds for the session, as it came: nothing about it is believed here. */
export function signerCookieOf(sessionId: string, portalUrl: string): string | undefined {
  return heldCookies().find(([name]) => name === signerCookieName(sessionId, portalUrl))?.[1];
}

/**
 * `Set-Cookie` lines that give this browser the session's cookie. It lives as long as the browser; Lax, because the link is opened from
 * messages. Of more than eight the oldest are dropped (browsers send the oldest first).
 */
export function signerCookieLines(sessionId: string, value: string, portalUrl: string): string[] {
  const name = signerCookieName(sessionId, portalUrl);
  const others = heldCookies().filter(([held]) => held !== name && cookieShape.test(held));
  const dropped = others.slice(0, Math.max(0, others.length + 1 - cookiesMax));
  return [
    `${name}=${value}; ${attributesAt(portalUrl)}`,
    ...dropped.map(([held]) => `${held}=; ${attributesAt(portalUrl)}; Max-Age=0`),
  ];
}

/** Over http (loopback in sandbox mode, nothing else) browsers refuse the prefix and `Secure`. */
export function signerCookieName(sessionId: string, portalUrl: string): string {
  const name = `aceite-${sessionId.replaceAll('-', '').slice(0, 12)}`;
  return isPlainHttp(portalUrl) ? name : `__Host-${name}`;
}

function attributesAt(portalUrl: string): string {
  return `Path=/; ${isPlainHttp(portalUrl) ? '' : 'Secure; '}HttpOnly; SameSite=Lax`;
}

function isPlainHttp(portalUrl: string): boolean {
  return portalUrl.startsWith('http:');
}

function heldCookies(): [name: string, value: string][] {
  const { cookie = '' } = requestStore().headers;
  return cookie.split(';').flatMap((pair): [string, string][] => {
    const held = pair.trim();
    const at = held.indexOf('=');
    return at > 0 ? [[held.slice(0, at), held.slice(at + 1)]] : [];
  });
}
