import { type Bytes, type Der, Unreadable } from './der.ts';
import { expectTag, tags } from './der-fields.ts';

/** Dotted decimal. */
export function objectIdentifierOf(value: Der): string {
  const parts: bigint[] = [];
  let part = 0n;
  for (const octet of expectTag(value, tags.objectIdentifier).content) {
    part = part * 128n + BigInt(octet & 0x7f);
    if (octet >= 0x80) continue;
    parts.push(part);
    part = 0n;
  }
  const [first = 0n, ...rest] = parts;
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...rest].join('.');
}

/** Whole number that is small by its meaning: a version, a status, a length. */
export function smallIntegerOf(value: Der): number {
  const { content } = expectTag(value, tags.integer);
  if (content.length > 4 || (content[0] ?? 0) >= 0x80) throw new Unreadable('a number is negative or too large');
  return content.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** Lower-case hexadecimal of a positive INTEGER of any size, without the octet that only keeps it positive. */
export function integerHexOf(value: Der): string {
  const { content } = expectTag(value, tags.integer);
  return hexOf(content.length > 1 && content[0] === 0 ? content.subarray(1) : content);
}

/** Lower-case hexadecimal, two digits for every octet. */
export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** DER writes true as one octet of ones (X.690, 11.1). */
export function booleanOf(value: Der): boolean {
  return expectTag(value, tags.boolean).content[0] === 0xff;
}

/** A BIT STRING that holds octets: a key, a signature. */
export function bitStringBytesOf(value: Der): Bytes {
  const { content } = expectTag(value, tags.bitString);
  if (content[0] !== 0) throw new Unreadable('a bit string does not end with a whole octet');
  return content.subarray(1);
}

/** Numbers of the bits that are set, from 0 for the first. */
export function namedBitsOf(value: Der): number[] {
  const octets = expectTag(value, tags.bitString).content.subarray(1);
  return [...octets].flatMap((octet, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => octet & (0x80 >> bit)).map((bit) => index * 8 + bit),
  );
}

/** An instant in UTC. A fraction finer than a millisecond is cut; years of two digits are 1950 to 2049 (RFC 5280, 4.1.2.5.1). */
export function timeOf(value: Der): Date {
  const written = latin1Of(value.content);
  const isShort = value.tag === tags.utcTime;
  if (!isShort) expectTag(value, tags.generalizedTime);
  const match = (isShort ? /^(\d{2})(\d{10})Z()$/ : /^((?!0000)\d{4})(\d{10})(?:\.(\d{1,9}))?Z$/).exec(written);
  if (!match) throw new Unreadable('a time is not written in UTC to the second');
  const [, year = '', rest = '', fraction = ''] = match;
  const century = isShort ? (Number(year) >= 50 ? '19' : '20') : '';
  const fields = rest.replace(/(..)(..)(..)(..)(..)/, '-$1-$2T$3:$4:$5');
  const iso = `${century}${year}${fields}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const time = new Date(iso);
  // The 30th of February would otherwise become another day.
  if (Number.isNaN(time.getTime()) || time.toISOString() !== iso) throw new Unreadable('a time names no instant');
  return time;
}

/** Each octet as the character of its number: never fails, and two different contents stay different. */
export function latin1Of(bytes: Uint8Array): string {
  return [...bytes].map((octet) => String.fromCharCode(octet)).join('');
}
