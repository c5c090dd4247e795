import type { Checked } from './checked.ts';
import { parseIpAddress } from './ip-address.ts';
import { formatCidr, isInRange, parseCidr } from './ip-range.ts';

/** Reads a single address or a range from which a key may be used, into its canonical text. */
export function parseAllowedAddress(text: string): Checked<string, 'cidr_format'> {
  const range = parseCidr(text.trim());
  return range.ok ? { ok: true, value: formatCidr(range.value) } : range;
}

/** True when the address may use what names these; an empty list names everybody, an unknown address is in no range. */
export function isAllowedAddress(ip: string | undefined, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  const address = ip === undefined ? undefined : parseIpAddress(ip);
  if (address === undefined) return false;
  return allowed.map(parseCidr).some((range) => range.ok && isInRange(address, range.value));
}
