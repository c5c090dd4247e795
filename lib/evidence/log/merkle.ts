import { sha256 } from '@noble/hashes/sha2.js';
import { areSameBytes } from './same-bytes.ts';

/** Bytes of every hash in the log. */
export const hashBytes = 32;
/** RFC 6962 section 2.1: two prefixes, so that no leaf can be passed off as a node, nor a node as a leaf. */
const leafPrefix = 0x00;
const nodePrefix = 0x01;

export type ProofRefusal =
  | 'not_a_count'
  | 'index_out_of_range'
  | 'sizes_out_of_order'
  | 'not_a_hash'
  | 'wrong_proof_length'
  | 'wrong_root';
export type ProofVerdict = { ok: true } | { ok: false; code: ProofRefusal };

/** Hash of one entry as a leaf: SHA-256(0x00 ‖ entry), RFC 6962 section 2.1. */
export function leafHash(entry: Uint8Array): Uint8Array {
  const message = new Uint8Array(1 + entry.length);
  message[0] = leafPrefix;
  message.set(entry, 1);
  return sha256(message);
}

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right), RFC 6962 section 2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const message = new Uint8Array(1 + 2 * hashBytes);
  message[0] = nodePrefix;
  message.set(left, 1);
  message.set(right, 1 + hashBytes);
  return sha256(message);
}

/**
 * The inner nodes over a row of hashes that lie side by side, pair by pair; their number is even. One state serves for all of them, because
 * making one costs twice what hashing does, and a proof from a large log needs hundreds.
 */
export function nodeHashesOver(row: Uint8Array): Uint8Array {
  const nodes = new Uint8Array(row.length / 2);
  const message = new Uint8Array(1 + 2 * hashBytes);
  message[0] = nodePrefix;
  const state = sha256.create();
  for (let offset = 0; offset < nodes.length; offset += hashBytes) {
    message.set(row.subarray(2 * offset, 2 * (offset + hashBytes)), 1);
    blank
      ._cloneInto(state)
      .update(message)
      .digestInto(nodes.subarray(offset, offset + hashBytes));
  }
  return nodes;
}

/** Has taken nothing in, and never does. */
const blank = sha256.create();

/** Root of the tree without leaves: SHA-256 of nothing, RFC 6962 section 2.1. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}

/**
 * Whether the leaf stands at `index` (from 0) in the tree of `size` leaves with this root. `proof` goes from the leaf's
 * sibling up to the root's child; one hash too many or too few is refused. Rule: RFC 9162 section 2.1.3.2.
 */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): ProofVerdict {
  if (!isCount(index) || !isCount(size)) return refused('not_a_count');
  if (index >= size) return refused('index_out_of_range');
  if (![leaf, root].every(isHash) || !proof.every(isHash)) return refused('not_a_hash');
  const climbed = climb(leaf, proof, { position: index, last: size - 1 });
  if (climbed === undefined) return refused('wrong_proof_length');
  return areSameBytes(climbed.newHash, root) ? { ok: true } : refused('wrong_root');
}

/**
 * Whether the tree of `newSize` leaves begins with the tree of `oldSize` leaves. The proof is empty exactly when the old
 * tree is empty or both are of one size. Rule: RFC 9162 section 2.1.4.2.
 */
export function verifyConsistency(
  oldSize: number,
  newSize: number,
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): ProofVerdict {
  if (!isCount(oldSize) || !isCount(newSize)) return refused('not_a_count');
  if (oldSize > newSize) return refused('sizes_out_of_order');
  if (![oldRoot, newRoot].every(isHash) || !proof.every(isHash)) return refused('not_a_hash');
  if (oldSize === 0 || oldSize === newSize) return verifyWithoutProof(oldSize, newSize, oldRoot, newRoot, proof);
  // The proof starts from the largest whole subtree at the old tree's right edge; when that is all of it, its root is known.
  const [first, ...rest] = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof;
  if (first === undefined) return refused('wrong_proof_length');
  const climbed = climb(first, rest, startOfConsistency(oldSize, newSize));
  if (climbed === undefined) return refused('wrong_proof_length');
  const isTrue = areSameBytes(climbed.oldHash, oldRoot) && areSameBytes(climbed.newHash, newRoot);
  return isTrue ? { ok: true } : refused('wrong_root');
}

function verifyWithoutProof(
  oldSize: number,
  newSize: number,
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): ProofVerdict {
  if (proof.length > 0) return refused('wrong_proof_length');
  const oldIsTrue = oldSize > 0 || areSameBytes(oldRoot, emptyRoot());
  const newIsTrue = newSize > oldSize || areSameBytes(oldRoot, newRoot);
  return oldIsTrue && newIsTrue ? { ok: true } : refused('wrong_root');
}

/** A node in its row: its position, and that of the row's last node. Plain division, because bit operators stop at 32 bits. */
type Place = { position: number; last: number };

/**
 * Joins a node with its siblings up to the root of the whole tree, and with those on its left alone up to the root of the
 * tree that ends with it. Undefined when the siblings are too many or too few to end at the root.
 */
function climb(
  node: Uint8Array,
  siblings: readonly Uint8Array[],
  start: Place,
): { oldHash: Uint8Array; newHash: Uint8Array } | undefined {
  let place = start;
  let oldHash = node;
  let newHash = node;
  for (const sibling of siblings) {
    if (place.last === 0) return undefined;
    if (siblingSide(place) === 'left') {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
    } else {
      newHash = nodeHash(newHash, sibling);
    }
    place = above(place);
  }
  return place.last === 0 ? { oldHash, newHash } : undefined;
}

export type Side = 'left' | 'right';

/** On which side of the way up from a leaf each sibling stands, the lowest first (RFC 9162 section 2.1.3.2). */
export function siblingSides(index: number, size: number): Side[] {
  const sides: Side[] = [];
  for (let place = { position: index, last: size - 1 }; place.last !== 0; place = above(place))
    sides.push(siblingSide(place));
  return sides;
}

function siblingSide({ position, last }: Place): Side {
  return isOdd(position) || position === last ? 'left' : 'right';
}

/** The place after a node was joined with its sibling; a last node without a right neighbour rises until it has a left one. */
function above(place: Place): Place {
  let { position, last } = place;
  if (position === last) {
    while (position !== 0 && !isOdd(position)) {
      position = half(position);
      last = half(last);
    }
  }
  return { position: half(position), last: half(last) };
}

function startOfConsistency(oldSize: number, newSize: number): Place {
  let position = oldSize - 1;
  let last = newSize - 1;
  while (isOdd(position)) {
    position = half(position);
    last = half(last);
  }
  return { position, last };
}

const half = (count: number): number => Math.floor(count / 2);

const isOdd = (count: number): boolean => count % 2 === 1;

function isPowerOfTwo(count: number): boolean {
  let rest = count;
  while (rest > 1 && !isOdd(rest)) rest = half(rest);
  return rest === 1;
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const isHash = (bytes: Uint8Array): boolean => bytes.length === hashBytes;

const refused = (code: ProofRefusal): ProofVerdict => ({ ok: false, code });
