import { describe, expect, test } from 'vitest';
import { storeOf } from '#lib/testing/doors.ts';
import { withRequestStore } from './request-store.ts';
import { signerCookieLines, signerCookieOf } from './signer-cookie.ts';

const sessionId = '2c68a66b-29f4-48d1-a0f5-a35da44c8e8b';
const https = 'https://assinar.example';
const http = 'http://127.0.0.1:3000';
const holding = <T>(cookie: string, work: () => T) => withRequestStore(storeOf(new Headers({ cookie })), work);
const heldNames = (count: number) =>
  Array.from({ length: count }, (_, index) => `__Host-aceite-${String(index).padStart(12, '0')}`);

describe("the signer's cookie", () => {
  test('is named after the session, bound to the host, unreadable to scripts, and sent along with links', () => {
    expect(holding('', () => signerCookieLines(sessionId, 'v.m', https))).toEqual([
      '__Host-aceite-2c68a66b29f4=v.m; Path=/; Secure; HttpOnly; SameSite=Lax',
    ]);
  });

  test('has neither prefix nor Secure on plain http, where browsers would drop it', () => {
    expect(holding('', () => signerCookieLines(sessionId, 'v.m', http))).toEqual([
      'aceite-2c68a66b29f4=v.m; Path=/; HttpOnly; SameSite=Lax',
    ]);
  });

  test('drops the oldest of more than eight, and none of anybody else', () => {
    const names = heldNames(9);
    const cookie = ['other=1', ...names.map((name) => `${name}=x`), 'last=2'].join('; ');
    const dropped = holding(cookie, () => signerCookieLines(sessionId, 'v.m', https)).slice(1);
    expect(dropped).toEqual(
      names.slice(0, 2).map((name) => expect.stringMatching(new RegExp(`^${name}=; .*Max-Age=0$`))),
    );
  });

  test('given again counts once', () => {
    const cookie = [...heldNames(7), '__Host-aceite-2c68a66b29f4'].map((name) => `${name}=x`).join('; ');
    expect(holding(cookie, () => signerCookieLines(sessionId, 'v.m', https))).toHaveLength(1);
  });

  test('is read by its whole name only', () => {
    const cookie = 'x__Host-aceite-2c68a66b29f4=no; aceite-2c68a66b29f4=plain; __Host-aceite-2c68a66b29f4=v=1.m';
    expect(holding(cookie, () => signerCookieOf(sessionId, https))).toBe('v=1.m');
    expect(holding(cookie, () => signerCookieOf(sessionId, http))).toBe('plain');
    expect(holding(cookie, () => signerCookieOf('00000000-0000-4000-8000-000000000000', https))).toBeUndefined();
  });

  test('is found at once beside a million blanks', () => {
    const cookie = `a=${' '.repeat(1e6)}x;  __Host-aceite-2c68a66b29f4=v.m \t; b`;
    const store = { ...storeOf(new Headers()), headers: { cookie } };
    expect(withRequestStore(store, () => signerCookieOf(sessionId, https))).toBe('v.m');
  });
});
