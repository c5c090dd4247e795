import type { Checked } from './checked.ts';
import { formatIpAddress, type IpAddress, parseIpAddress } from './ip-address.ts';

/** `value` has its host bits at zero. */
export type Cidr = IpAddress & { prefixLength: number };

/** Reads `10.0.0.0/8`, `2001:db8::/32` or a single address. Host bits are ignored, mapped IPv4 becomes IPv4. */
export function parseCidr(text: string): Checked<Cidr, 'cidr_format'> {
  const [, addressText = '', lengthText] = /^([^/]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const address = parseIpAddress(addressText);
  if (address === undefined) return { ok: false, code: 'cidr_format' };
  const isMapped = address.version === 4 && addressText.includes(':');
  const written = lengthText === undefined ? undefined : Number(lengthText) - (isMapped ? 96 : 0);
  const prefixLength = written ?? bitsOf(address);
  if (prefixLength < 0 || prefixLength > bitsOf(address)) return { ok: false, code: 'cidr_format' };
  const hostBits = BigInt(bitsOf(address) - prefixLength);
  return {
    ok: true,
    value: { version: address.version, value: (address.value >> hostBits) << hostBits, prefixLength },
  };
}

/** The canonical text: the address, and the length of its prefix unless it stands for itself alone. */
export function formatCidr(range: Cidr): string {
  const address = formatIpAddress(range);
  return range.prefixLength === bitsOf(range) ? address : `${address}/${range.prefixLength}`;
}

/** True when the address lies in the range. */
export function isInRange(address: IpAddress, range: Cidr): boolean {
  const hostBits = BigInt(bitsOf(range) - range.prefixLength);
  return address.version === range.version && address.value >> hostBits === range.value >> hostBits;
}

/**
 * Addresses that name no customer of the public internet, from IANA's special-purpose registries: this network, private, carrier-grade
 * NAT, loopback, link-local, protocol assignments, old 6to4 relays, benchmarking, multicast, reserved.
 */
const notPublicIpv4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'],
].map(knownRange);

/** Global unicast; everything else of IPv6 is loopback, link-local, unique local, multicast, translated or not given out. */
const globalIpv6 = knownRange('2000::/3');

/** Inside it, IETF protocol assignments (Teredo, ORCHID, benchmarking) and 6to4. */
const notPublicIpv6 = ['2001::/23', '2002::/16'].map(knownRange);

/**
 * True for an address that a customer of the public internet can have. The documentation ranges (`203.0.113.0/24`, `2001:db8::/32` …)
 * count as public: no network routes them, so no signer can hide there, and examples and acceptance checks are written with
 * them. False also for a text that is no address.
 */
export function isPublicAddress(ip: string): boolean {
  const address = parseIpAddress(ip);
  if (address === undefined) return false;
  if (address.version === 4) return !notPublicIpv4.some((range) => isInRange(address, range));
  return isInRange(address, globalIpv6) && !notPublicIpv6.some((range) => isInRange(address, range));
}

function bitsOf({ version }: IpAddress): 32 | 128 {
  return version === 4 ? 32 : 128;
}

function knownRange(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed.ok) throw new TypeError(`${text} is no address range.`);
  return parsed.value;
}
