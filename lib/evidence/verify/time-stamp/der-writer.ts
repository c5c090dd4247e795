import type { Bytes } from './der.ts';

/** One DER value with the given identifier octet, around the given parts. */
export function der(tag: number, ...parts: Uint8Array[]): Bytes {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joined([Uint8Array.of(tag, ...lengthOctets(length)), ...parts]);
}

/** INTEGER, not negative, from its octets in order of weight. */
export function derUnsigned(octets: Uint8Array): Bytes {
  const start = octets.findIndex((octet) => octet !== 0);
  const bare = start === -1 ? Uint8Array.of(0) : octets.subarray(start);
  return (bare[0] ?? 0) >= 0x80 ? der(0x02, Uint8Array.of(0), bare) : der(0x02, bare);
}

/** The parts one after another. */
export function joined(parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}
