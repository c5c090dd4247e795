import { emptyRoot, hashBytes, nodeHash } from './merkle.ts';
import { hashesAtLevel, perfectRoot, readTile, type TileReader, tileWidth } from './tile.ts';

/** Root of the tree of the first `size` leaves (RFC 6962 section 2.1). Reads one tile per level. */
export async function rootOf(size: number, read: TileReader): Promise<Uint8Array> {
  requireCount(size);
  if (size === 0) return emptyRoot();
  return rangeHash({ start: 0, end: size }, tilesOf(size, read));
}

/**
 * Proof that leaf `index` (from 0) is in the tree of `size` leaves, from the leaf's sibling upwards (RFC 6962 section
 * 2.1.1). Reads at most two tiles per level. An index outside the tree is the caller's mistake and throws.
 */
export async function inclusionProof(index: number, size: number, read: TileReader): Promise<Uint8Array[]> {
  requireCount(size);
  requireCount(index);
  if (index >= size) throw new RangeError(`Leaf ${index} is not in a tree of ${size} leaves`);
  const tiles = tilesOf(size, read);
  return Promise.all(inclusionRanges(index, { start: 0, end: size }).map((range) => rangeHash(range, tiles)));
}

/**
 * Proof that the tree of `newSize` leaves begins with that of `oldSize` (RFC 6962 section 2.1.2); empty when the old one
 * is empty or both are the same. A tree that would shrink is the caller's mistake and throws.
 */
export async function consistencyProof(oldSize: number, newSize: number, read: TileReader): Promise<Uint8Array[]> {
  requireCount(newSize);
  requireCount(oldSize);
  if (oldSize > newSize) throw new RangeError(`A tree of ${newSize} leaves does not begin with one of ${oldSize}`);
  if (oldSize === 0) return [];
  const tiles = tilesOf(newSize, read);
  const ranges = consistencyRanges(oldSize, { start: 0, end: newSize }, true);
  return Promise.all(ranges.map((range) => rangeHash(range, tiles)));
}

function requireCount(value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not a number of leaves`);
}

/** Leaves from `start` up to, not including, `end`. */
type Range = { start: number; end: number };

/** PATH of RFC 6962 section 2.1.1, as the ranges whose hashes it lists. */
function inclusionRanges(index: number, { start, end }: Range): Range[] {
  if (end - start === 1) return [];
  const middle = splitOf({ start, end });
  return index < middle
    ? [...inclusionRanges(index, { start, end: middle }), { start: middle, end }]
    : [...inclusionRanges(index, { start: middle, end }), { start, end: middle }];
}

/** SUBPROOF of RFC 6962 section 2.1.2, as ranges; the checker knows the old root and is not told it again. */
function consistencyRanges(oldSize: number, { start, end }: Range, isOldTree: boolean): Range[] {
  if (oldSize === end) return isOldTree ? [] : [{ start, end }];
  const middle = splitOf({ start, end });
  return oldSize <= middle
    ? [...consistencyRanges(oldSize, { start, end: middle }, isOldTree), { start: middle, end }]
    : [...consistencyRanges(oldSize, { start: middle, end }, false), { start, end: middle }];
}

/** Where RFC 6962 divides a tree: after the largest power of two of leaves that leaves something on the right. */
function splitOf({ start, end }: Range): number {
  let width = 1;
  while (width * 2 < end - start) width *= 2;
  return start + width;
}

type Tiles = (level: number, index: number) => Promise<Uint8Array>;

/** The tiles of a tree of `size` leaves, each read once however many hashes come from it. */
function tilesOf(size: number, read: TileReader): Tiles {
  const known = new Map<string, Promise<Uint8Array>>();
  return (level, index) => {
    const key = `${level}/${index}`;
    const width = Math.min(tileWidth, hashesAtLevel(size, level) - index * tileWidth);
    const tile = known.get(key) ?? readTile(read, { level, index, width });
    known.set(key, tile);
    return tile;
  };
}

/** Hash over a range that a division by `splitOf` gave: whole subtrees come from one tile, the ragged right edge is divided on. */
async function rangeHash({ start, end }: Range, tiles: Tiles): Promise<Uint8Array> {
  const middle = splitOf({ start, end });
  const isWhole = end - start === 1 || middle - start === end - middle;
  if (isWhole) return subtreeHash(start, end - start, tiles);
  const [left, right] = await Promise.all([
    rangeHash({ start, end: middle }, tiles),
    rangeHash({ start: middle, end }, tiles),
  ]);
  return nodeHash(left, right);
}

/** Root of a whole subtree of `leaves` leaves, a power of two, that begins at a multiple of them. */
async function subtreeHash(start: number, leaves: number, tiles: Tiles): Promise<Uint8Array> {
  let level = 0;
  while (tileWidth ** (level + 1) <= leaves) level += 1;
  const leavesPerHash = tileWidth ** level;
  const position = start / leavesPerHash;
  const tile = await tiles(level, Math.floor(position / tileWidth));
  const offset = (position % tileWidth) * hashBytes;
  return perfectRoot(tile.subarray(offset, offset + (leaves / leavesPerHash) * hashBytes));
}
