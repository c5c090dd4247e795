import { createHash } from 'node:crypto';

/**
 * RFC 6962 section 2.1 as the text has it, recursion and all, with another SHA-256 than the product's: slow, and plain
 * enough to be seen right. Hashes are kept, because tests ask for every proof of every size.
 */
export type NaiveTree = {
  leafHashes: Uint8Array[];
  root(size: number): Uint8Array;
  inclusion(index: number, size: number): Uint8Array[];
  consistency(oldSize: number, newSize: number): Uint8Array[];
};

export function naiveTree(entries: readonly Uint8Array[]): NaiveTree {
  const leafHashes = entries.map((entry) => sha256(Uint8Array.of(0), entry));
  const known = new Map<string, Uint8Array>();

  function hash(start: number, end: number): Uint8Array {
    const key = `${start}-${end}`;
    const value = known.get(key) ?? compute(start, end);
    known.set(key, value);
    return value;
  }

  function compute(start: number, end: number): Uint8Array {
    if (start === end) return sha256();
    if (end - start === 1) return leafHashes[start] ?? sha256();
    const split = start + largestPowerBelow(end - start);
    return sha256(Uint8Array.of(1), hash(start, split), hash(split, end));
  }

  function path(index: number, start: number, end: number): Uint8Array[] {
    if (end - start === 1) return [];
    const split = start + largestPowerBelow(end - start);
    if (index < split) return [...path(index, start, split), hash(split, end)];
    return [...path(index, split, end), hash(start, split)];
  }

  function subproof(oldSize: number, start: number, end: number, isOldTree: boolean): Uint8Array[] {
    if (oldSize === end) return isOldTree ? [] : [hash(start, end)];
    const split = start + largestPowerBelow(end - start);
    if (oldSize <= split) return [...subproof(oldSize, start, split, isOldTree), hash(split, end)];
    return [...subproof(oldSize, split, end, false), hash(start, split)];
  }

  return {
    leafHashes,
    root: (size) => hash(0, size),
    inclusion: (index, size) => path(index, 0, size),
    consistency: (oldSize, newSize) => (oldSize === 0 ? [] : subproof(oldSize, 0, newSize, true)),
  };
}

/** A tree of `size` entries that all differ. */
export function naiveTreeOf(size: number): NaiveTree {
  return naiveTree(Array.from({ length: size }, (_, index) => Buffer.from(`entry ${index}`)));
}

/** One copy per bit of the bytes, with that bit turned over. */
export function everyBitFlipped(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const copy = bytes.slice();
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return copy;
  });
}

function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

function sha256(...parts: Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
