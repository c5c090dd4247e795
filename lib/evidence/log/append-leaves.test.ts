import fc from 'fast-check';
import { expect, test } from 'vitest';
import { naiveTreeOf } from '#lib/testing/naive-merkle.ts';
import { tileStore } from '#lib/testing/tile-store.ts';
import { appendLeaves } from './append-leaves.ts';
import type { Tile, TileReader } from './tile.ts';
import { rootOf } from './tiles.ts';

const tree = naiveTreeOf(1200);
const places = (tiles: Tile[]) => tiles.map(({ level, index, width }) => `${level}/${index}/${width}`);
const blank: TileReader = async (_level, _index, width) => new Uint8Array(width * 32);
const blankLeaves = (count: number) => Array.from({ length: count }, () => new Uint8Array(32));

test.each([
  ['the first leaf', 0, 1, ['0/0/1']],
  ['the leaf that fills a tile', 255, 1, ['0/0/256', '1/0/1']],
  ['the leaf after a full tile', 256, 1, ['0/1/1']],
  ['leaves across a border', 250, 10, ['0/0/256', '0/1/4', '1/0/1']],
  ['leaves that fill several tiles', 100, 668, ['0/0/256', '0/1/256', '0/2/256', '1/0/3']],
  ['the leaf that fills two levels', 65_535, 1, ['0/255/256', '1/0/256', '2/0/1']],
  ['no leaf at all', 300, 0, []],
])('%s writes each changed tile once and no other', async (_name, size, count, expected) => {
  expect(places(await appendLeaves(size, blankLeaves(count), blank))).toEqual(expected);
});

test('a thousand leaves on a million read the three rightmost tiles at most', async () => {
  const reads: string[] = [];
  const read: TileReader = async (level, index, width) => {
    reads.push(`${level}/${index}/${width}`);
    return blank(level, index, width);
  };
  const tiles = await appendLeaves(1_000_000, blankLeaves(1000), read);
  expect(reads).toEqual(['0/3906/64', '1/15/66']);
  expect(places(tiles)).toEqual(['0/3906/256', '0/3907/256', '0/3908/256', '0/3909/256', '0/3910/40', '1/15/70']);
});

test('whatever the batches, the tiles give the root of RFC 6962 after each', async () => {
  const batches = fc.array(fc.oneof(fc.nat(9), fc.nat(300), fc.constant(256)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(batches, async (counts) => {
      const store = tileStore();
      let size = 0;
      for (const count of counts) {
        store.write(await appendLeaves(size, tree.leafHashes.slice(size, size + count), store.read));
        size += count;
        expect(await rootOf(size, store.read), `${size} leaves`).toEqual(tree.root(size));
      }
    }),
    { numRuns: 25 },
  );
});

test('tiles that were handed out are not changed by growing on', async () => {
  const store = tileStore();
  const [first] = await appendLeaves(0, tree.leafHashes.slice(0, 3), store.read);
  const before = first?.bytes.slice();
  store.write(first ? [first] : []);
  await appendLeaves(3, tree.leafHashes.slice(3, 9), store.read);
  expect(first?.bytes).toEqual(before);
});

test.each([
  ['a hash of 31 bytes', 0, [new Uint8Array(31)]],
  ['a negative size', -1, blankLeaves(1)],
  ['growth beyond what can be counted', Number.MAX_SAFE_INTEGER, blankLeaves(1)],
])('%s is a mistake', async (_name, size, leaves) => {
  await expect(appendLeaves(size, leaves, blank)).rejects.toThrow(RangeError);
});

test('a damaged rightmost tile stops the log from growing', async () => {
  await expect(appendLeaves(3, blankLeaves(1), async () => new Uint8Array(64))).rejects.toThrow(
    'Tile 0 of level 0 has 64 bytes where 96 belong to its 3 hashes',
  );
});
