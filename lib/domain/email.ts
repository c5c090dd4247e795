import type { Checked } from './checked.ts';

/** Octets, which are characters here because only ASCII is taken (RFC 5321, 4.5.3.1; RFC 3696, erratum 1690). */
const localPartMax = 64;
const addressMax = 254;

const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:xn--[a-z0-9-]{1,59}|[a-z]{2,63})$/;

/**
 * Reads an e-mail address: trimmed, invisible characters of a paste dropped, the local part's case kept, the domain in lower case.
 * Quoted local parts, address literals and letters beyond ASCII are refused: neither the lender nor every mail gateway takes them.
 * An international domain is typed in its `xn--` form.
 */
export function parseEmail(typed: string): Checked<string, 'email_format' | 'email_length'> {
  const address = typed.replace(/\p{Cf}/gu, '').trim();
  const at = address.indexOf('@');
  const local = address.slice(0, at);
  const host = address.slice(at + 1).toLowerCase();
  if (address.length > addressMax || local.length > localPartMax) return { ok: false, code: 'email_length' };
  const isAddress = at > 0 && localPart.test(local) && domain.test(host) && /^[\x21-\x7e]+$/.test(address);
  return isAddress ? { ok: true, value: `${local}@${host}` } : { ok: false, code: 'email_format' };
}

/** `maria.souza@exemplo.com.br` → `m***@exemplo.com.br`. */
export function maskEmail(email: string): string {
  return `${email.slice(0, 1)}***${email.slice(email.lastIndexOf('@'))}`;
}
