/** Bytes that WebCrypto takes as they are. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** One DER value: its identifier octet, the whole of it, and what stands between its length and its end. */
export type Der = { tag: number; bytes: Bytes; content: Bytes };

/** Thrown inside this folder only; whoever offers a function to others turns it into a refusal. */
export class Unreadable extends Error {}

/** A token nests about a dozen levels deep; the bound keeps a hostile one from exhausting the stack. */
const depthMax = 32;

/**
 * Reads exactly one value, strictly by the distinguished rules (X.690 section 10 and 11), all the way down: one encoding for each value, so
 * that no byte can change without changing what it says. Throws `Unreadable`.
 */
export function readDer(bytes: Bytes): Der {
  const value = valueAt(bytes, 0, 0);
  if (value.bytes.length !== bytes.length) throw new Unreadable('bytes follow the end of a value');
  return value;
}

/** The values inside a constructed one, in order. */
export function childrenOf(value: Der): Der[] {
  return within(value.content, 0);
}

function within(content: Bytes, depth: number): Der[] {
  const found: Der[] = [];
  for (let at = 0; at < content.length; ) {
    const value = valueAt(content, at, depth);
    found.push(value);
    at += value.bytes.length;
  }
  return found;
}

function valueAt(bytes: Bytes, start: number, depth: number): Der {
  if (depth > depthMax) throw new Unreadable('values nest too deep');
  const tag = bytes[start] ?? 0;
  if (!isKnownTag(tag)) throw new Unreadable(`tag ${tag.toString(16)} has no place here`);
  const { from, length } = lengthAt(bytes, start + 1);
  const end = from + length;
  if (end > bytes.length) throw new Unreadable('a value is cut short');
  const content = bytes.subarray(from, end);
  if (tag & constructedBit) within(content, depth + 1);
  else if (!isDistinguished(tag, content)) throw new Unreadable(`the value of tag ${tag.toString(16)} is not DER`);
  return { tag, bytes: bytes.subarray(start, end), content };
}

const constructedBit = 0x20;

/** Universal types that certificates and tokens consist of; each has one form, primitive or constructed. */
const universalTags = [1, 2, 3, 4, 5, 6, 10, 12, 18, 19, 20, 22, 23, 24, 26, 27, 28, 30, 0x30, 0x31];

function isKnownTag(tag: number): boolean {
  const isContextSpecific = (tag & 0xc0) === 0x80;
  return isContextSpecific ? (tag & 0x1f) !== 0x1f : universalTags.includes(tag);
}

/** Definite and minimal; three octets are more than any token is long. */
function lengthAt(bytes: Bytes, at: number): { from: number; length: number } {
  const first = bytes[at] ?? 0xff;
  if (first < 0x80) return { from: at + 1, length: first };
  const from = at + 1 + (first & 0x7f);
  const octets = bytes.subarray(at + 1, from);
  const length = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const isMinimal = octets[0] !== 0 && length >= 0x80;
  if (octets.length === 0 || octets.length > 3 || from > bytes.length || !isMinimal)
    throw new Unreadable('a length is not in its shortest form');
  return { from, length };
}

function isDistinguished(tag: number, content: Bytes): boolean {
  const [first = 0, second = 0] = content;
  if (tag === 1) return content.length === 1 && (first === 0 || first === 0xff);
  if (tag === 2 || tag === 10) return content.length > 0 && !(content.length > 1 && isPadded(first, second));
  if (tag === 3) return content.length > 0 && hasZeroPadding(first, content.subarray(1));
  if (tag === 5) return content.length === 0;
  if (tag === 6) return isObjectIdentifier(content);
  return true;
}

/** A first octet that only repeats the sign of the second. */
const isPadded = (first: number, second: number): boolean =>
  (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);

function hasZeroPadding(unused: number, bits: Bytes): boolean {
  if (unused === 0) return true;
  return unused < 8 && bits.length > 0 && ((bits.at(-1) ?? 0) & ((1 << unused) - 1)) === 0;
}

/** The longest in use have about twenty octets; whoever writes one out in decimal pays for its length squared. */
const objectIdentifierBytesMax = 64;

function isObjectIdentifier(content: Bytes): boolean {
  if (content.length > objectIdentifierBytesMax) return false;
  const isStart = (index: number) => index === 0 || (content[index - 1] ?? 0) < 0x80;
  return (
    content.length > 0 && (content.at(-1) ?? 0x80) < 0x80 && content.every((octet, i) => octet !== 0x80 || !isStart(i))
  );
}
