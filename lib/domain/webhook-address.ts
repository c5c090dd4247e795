import type { Checked } from './checked.ts';
import { formatIpAddress, parseIpAddress } from './ip-address.ts';
import { isInRange, isPublicAddress, parseCidr } from './ip-range.ts';

/** Characters. What every proxy and log takes. */
const webhookUrlMax = 2000;
/** The ports of web servers; any other is some other service's, which must not be spoken to in a merchant's name. */
const ports: readonly string[] = ['', '443', '8443'];

export type WebhookAddressRefusal =
  | 'webhook_url_not_address'
  | 'webhook_url_scheme'
  | 'webhook_url_userinfo'
  | 'webhook_url_port'
  | 'webhook_url_private';

/**
 * Reads the address of a merchant's receiver and returns its canonical form, the only one to be kept and called: https on a port of web
 * servers, in sandbox mode also http to loopback, and there any port. What readers mend differently is refused, as in a `returnUrl`. A
 * name may still lead anywhere: where it leads is looked at before every call (`mayBeCalled`). Threat T11.
 */
export function parseWebhookUrl(text: string, isSandbox: boolean): Checked<string, WebhookAddressRefusal> {
  const parsed = parseWebAddress(text);
  if (!parsed.ok) return parsed;
  const url = parsed.value;
  const host = hostOf(url);
  const isLoopback = host === 'localhost' || isLoopbackAddress(host);
  if (url.protocol !== 'https:' && !(isSandbox && isLoopback)) return refused('webhook_url_scheme');
  if (!isSandbox && !ports.includes(url.port)) return refused('webhook_url_port');
  const leadsInside = isLoopback ? !isSandbox : parseIpAddress(host) !== undefined && !mayBeCalled(host, isSandbox);
  return leadsInside ? refused('webhook_url_private') : { ok: true, value: url.href };
}

function parseWebAddress(text: string): Checked<URL, WebhookAddressRefusal> {
  if (text.length > webhookUrlMax || /[\s\p{Cc}\p{Cf}\p{Cs}\\]/u.test(text)) return refused('webhook_url_not_address');
  const [, scheme, afterColon = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(text) ?? [];
  if (scheme === undefined) return refused('webhook_url_not_address');
  if (!/^https?$/i.test(scheme)) return refused('webhook_url_scheme');
  const [, authority] = /^\/\/([^/?#]+)/.exec(afterColon) ?? [];
  if (authority === undefined || text.includes('#') || !URL.canParse(text)) return refused('webhook_url_not_address');
  return authority.includes('@') ? refused('webhook_url_userinfo') : { ok: true, value: new URL(text) };
}

/** The host of an address as a resolver takes it: an IPv6 address without its brackets. */
export function hostOf({ hostname }: { hostname: string }): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Ranges that `isPublicAddress` lets signers have because nobody routes them; a network of one's own may. */
const documentation = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'].flatMap(
  (text) => {
    const range = parseCidr(text);
    return range.ok ? [range.value] : [];
  },
);

/** True for an address of the public internet, and in sandbox mode for loopback: a receiver may be called there. */
export function mayBeCalled(ip: string, isSandbox: boolean): boolean {
  const address = parseIpAddress(ip);
  if (address === undefined) return false;
  if (isLoopbackAddress(ip)) return isSandbox;
  return isPublicAddress(formatIpAddress(address)) && !documentation.some((range) => isInRange(address, range));
}

const loopback = ['127.0.0.0/8', '::1/128'].flatMap((text) => {
  const range = parseCidr(text);
  return range.ok ? [range.value] : [];
});

function isLoopbackAddress(ip: string): boolean {
  const address = parseIpAddress(ip);
  return address !== undefined && loopback.some((range) => isInRange(address, range));
}

function refused(code: WebhookAddressRefusal): { ok: false; code: WebhookAddressRefusal } {
  return { ok: false, code };
}
