import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { naiveTreeOf } from '#lib/testing/naive-merkle.ts';
import { tileStore } from '#lib/testing/tile-store.ts';
import { appendLeaves } from './append-leaves.ts';
import { emptyRoot, leafHash, verifyConsistency, verifyInclusion } from './merkle.ts';
import { perfectRoot, type TileReader } from './tile.ts';
import { consistencyProof, inclusionProof, rootOf } from './tiles.ts';

const tree = naiveTreeOf(300);

/** The tiles of every size from 0 to 300, as a log that grows by one leaf at a time leaves them. */
const store = tileStore();
for (let size = 0; size < 300; size += 1)
  store.write(await appendLeaves(size, tree.leafHashes.slice(size, size + 1), store.read));

/** A log of any size whose leaves are all alike: at each level every hash is the same, so that no leaf need be stored. */
const alike = leafHash(new Uint8Array(0));
const levels = [alike];
const fullTile = (hash: Uint8Array, width: number) => new Uint8Array(Buffer.concat(Array(width).fill(hash)));
for (let level = 0; level < 6; level += 1) levels.push(perfectRoot(fullTile(levels[level] ?? alike, 256)));
const huge = () => {
  const reads: string[] = [];
  const read: TileReader = async (level, index, width) => {
    reads.push(`${level}/${index}/${width}`);
    return fullTile(levels[level] ?? alike, width);
  };
  return { read, reads };
};

describe('proofs from tiles', () => {
  test('the root of every size up to 300 is that of RFC 6962', async () => {
    const wrong: number[] = [];
    for (let size = 0; size <= 300; size += 1) {
      if (!Buffer.from(await rootOf(size, store.read)).equals(tree.root(size))) wrong.push(size);
    }
    expect(wrong).toEqual([]);
  });

  test('leaves at the ends, at the tile border and in the middle are proved as RFC 6962 does, for every size up to 300', async () => {
    for (let size = 1; size <= 300; size += 1) {
      const indexes = [0, 1, size >> 1, 255, 256, size - 2, size - 1].filter((index) => index >= 0 && index < size);
      for (const index of new Set(indexes)) {
        const proof = await inclusionProof(index, size, store.read);
        expect(proof, `${index} in ${size}`).toEqual(tree.inclusion(index, size));
      }
    }
  });

  test('every pair of sizes up to 130 gets the proof of RFC 6962', async () => {
    for (let newSize = 0; newSize <= 130; newSize += 1) {
      for (let oldSize = 0; oldSize <= newSize; oldSize += 1) {
        const proof = await consistencyProof(oldSize, newSize, store.read);
        expect(proof, `${oldSize} to ${newSize}`).toEqual(tree.consistency(oldSize, newSize));
      }
    }
  });

  test('growth across the tile border is proved', async () => {
    for (const [oldSize, newSize] of [
      [255, 256],
      [256, 257],
      [200, 300],
      [256, 300],
      [299, 300],
    ] as const) {
      const proof = await consistencyProof(oldSize, newSize, store.read);
      const verdict = verifyConsistency(oldSize, newSize, tree.root(oldSize), tree.root(newSize), proof);
      expect(verdict, `${oldSize} to ${newSize}`).toEqual({ ok: true });
    }
  });

  test.each([
    ['a leaf beyond the tree', () => inclusionProof(8, 8, store.read)],
    ['a leaf of the empty tree', () => inclusionProof(0, 0, store.read)],
    ['a leaf before the first', () => inclusionProof(-1, 8, store.read)],
    ['a tree that shrinks', () => consistencyProof(9, 8, store.read)],
    ['half a leaf', () => rootOf(1.5, store.read)],
    ['more leaves than can be counted', () => rootOf(2 ** 53, store.read)],
  ])('asking about %s is a mistake', async (_name, ask) => {
    await expect(ask()).rejects.toThrow(RangeError);
  });

  test('a tile of another length stops everything', async () => {
    const short: TileReader = async (_level, _index, width) => new Uint8Array(width * 32 - 1);
    await expect(rootOf(3, short)).rejects.toThrow('has 95 bytes where 96 belong');
  });
});

describe('large trees', () => {
  const million = 1_000_000;

  test('the empty tree is read from nothing', async () => {
    const { read, reads } = huge();
    expect(await rootOf(0, read)).toEqual(emptyRoot());
    expect(reads).toEqual([]);
  });

  test('at a million leaves a root reads three tiles and a proof at most six, each once', async () => {
    const root = huge();
    await rootOf(million, root.read);
    expect(root.reads.sort()).toEqual(['0/3906/64', '1/15/66', '2/0/15']);
    const proof = huge();
    await inclusionProof(123_456, million, proof.read);
    expect(proof.reads.sort()).toEqual(['0/3906/64', '0/482/256', '1/1/256', '1/15/66', '2/0/15']);
  });

  test('leaves of trees of every magnitude are proved, beyond 32 bits too', async () => {
    const size = fc.integer({ min: 1, max: 47 }).chain((bits) => fc.maxSafeNat().map((n) => 1 + (n % 2 ** bits)));
    await fc.assert(
      fc.asyncProperty(size, fc.maxSafeNat(), async (leaves, at) => {
        const { read, reads } = huge();
        const index = at % leaves;
        const root = await rootOf(leaves, read);
        reads.length = 0;
        const proof = await inclusionProof(index, leaves, read);
        expect(verifyInclusion(alike, index, leaves, proof, root)).toEqual({ ok: true });
        expect(new Set(reads).size).toBe(reads.length);
        expect(reads.length).toBeLessThanOrEqual(12);
      }),
      { numRuns: 40 },
    );
  });

  test('growth of trees of every magnitude is proved, beyond 32 bits too', async () => {
    const size = fc.integer({ min: 1, max: 47 }).chain((bits) => fc.maxSafeNat().map((n) => n % 2 ** bits));
    await fc.assert(
      fc.asyncProperty(size, size, async (one, other) => {
        const { read } = huge();
        const [oldSize, newSize] = one < other ? [one, other] : [other, one];
        const [oldRoot, newRoot] = [await rootOf(oldSize, read), await rootOf(newSize, read)];
        const proof = await consistencyProof(oldSize, newSize, read);
        expect(verifyConsistency(oldSize, newSize, oldRoot, newRoot, proof)).toEqual({ ok: true });
      }),
      { numRuns: 40 },
    );
  });
});
