import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type GrowingTree, growingTree } from './growing-tree.ts';
import { hashBytes, leafHash } from './merkle.ts';
import { tileWidth } from './tile.ts';

/** For each level of the tiles, from 0 on, how many hashes it has and the SHA-256 over them side by side, in hexadecimal. */
export type LevelSum = { hashes: number; sha256: string };

/** A log grown anew from its entries, which remembers a few hashes per level, however long it gets. */
export type LogReplay = {
  add(entry: Uint8Array): void;
  size(): number;
  /** The root of what was added so far. */
  root(): Uint8Array;
  levelSums(): LevelSum[];
};

/** Begins with the empty log; the entries are added in their order. */
export function logReplay(): LogReplay {
  const whole = growingTree();
  const levels: { sum: Sum; tile: GrowingTree }[] = [];
  const addTo = (level: number, hash: Uint8Array): void => {
    levels[level] ??= { sum: sumOfHashes(), tile: growingTree() };
    const { sum, tile } = levels[level];
    sum.add(hash);
    tile.add(hash);
    if (tile.size() < tileWidth) return;
    levels[level].tile = growingTree();
    addTo(level + 1, tile.root());
  };
  return {
    add: (entry) => {
      const leaf = leafHash(entry);
      whole.add(leaf);
      addTo(0, leaf);
    },
    size: () => whole.size(),
    root: () => whole.root(),
    levelSums: () => levels.map(({ sum }) => sum.end()),
  };
}

/**
 * Takes the tiles of a log as they are kept, level by level and in order, and gives the same sums as a replay of its entries when every
 * tile is there and as it should be; undefined when one is missing, too many, or only half full with another behind it.
 */
export function sumTiles(): { add(tile: KeptTile): void; levelSums(): LevelSum[] | undefined } {
  const sums: Sum[] = [];
  let next = 0;
  let isInOrder = true;
  return {
    add: ({ level, index, hashes }) => {
      if (level === sums.length && index === 0) {
        sums.push(sumOfHashes());
        next = 0;
      }
      isInOrder &&= level === sums.length - 1 && index === next;
      sums[level]?.add(hashes);
      // Behind a tile that is not full none may follow.
      next = hashes.length === tileWidth * hashBytes ? index + 1 : Number.NaN;
    },
    levelSums: () => (isInOrder ? sums.map((sum) => sum.end()) : undefined),
  };
}

type KeptTile = { level: number; index: number; hashes: Uint8Array };
type Sum = ReturnType<typeof sumOfHashes>;

function sumOfHashes() {
  const digest = sha256.create();
  let bytes = 0;
  return {
    add: (hashes: Uint8Array) => {
      digest.update(hashes);
      bytes += hashes.length;
    },
    end: (): LevelSum => ({ hashes: bytes / hashBytes, sha256: bytesToHex(digest.clone().digest()) }),
  };
}
