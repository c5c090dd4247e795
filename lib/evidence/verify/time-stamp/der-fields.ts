import { childrenOf, type Der, Unreadable } from './der.ts';

/** The fields of one structure, taken in order. */
export type Fields = {
  /** The next field, which must be there with this tag. */
  take(tag: number): Der;
  /** The next field when it has this tag. */
  takeIf(tag: number): Der | undefined;
};

/** Identifier octets, as X.690 numbers them. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Identifier octet of `[n]`, constructed: EXPLICIT, or IMPLICIT over a SEQUENCE or SET. */
export const contextTag = (number: number): number => 0xa0 | number;

/** Identifier octet of `[n]` IMPLICIT over a primitive type. */
export const primitiveContextTag = (number: number): number => 0x80 | number;

/** Reads a structure whole: `read` must take every field, or the structure says more than we understand. */
export function readFields<T>(value: Der, tag: number, read: (fields: Fields) => T): T {
  expectTag(value, tag);
  const children = childrenOf(value);
  let at = 0;
  const takeIf = (wanted: number): Der | undefined => (children[at]?.tag === wanted ? children[at++] : undefined);
  const take = (wanted: number): Der => {
    const field = takeIf(wanted);
    if (!field) throw new Unreadable(`a field with tag ${wanted.toString(16)} is missing`);
    return field;
  };
  const result = read({ take, takeIf });
  if (at < children.length) throw new Unreadable('a structure has more fields than it may');
  return result;
}

/** The elements of a SEQUENCE OF or SET OF, at least one. */
export function elementsOf(value: Der, tag: number): Der[] {
  expectTag(value, tag);
  const elements = childrenOf(value);
  if (elements.length === 0) throw new Unreadable('a list is empty');
  return elements;
}

/** The single element of a list, or the one value under an EXPLICIT tag. */
export function onlyElementOf(value: Der, tag: number): Der {
  const [only, ...more] = elementsOf(value, tag);
  if (!only || more.length > 0) throw new Unreadable('a list has more than one element');
  return only;
}

/** Throws Unreadable for a value of another type. */
export function expectTag(value: Der, tag: number): Der {
  if (value.tag !== tag) throw new Unreadable(`tag ${tag.toString(16)} was expected, not ${value.tag.toString(16)}`);
  return value;
}
