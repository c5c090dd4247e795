import { describe, expect, test } from 'vitest';
import { naiveTreeOf } from '#lib/testing/naive-merkle.ts';
import { appendLeaves } from './append-leaves.ts';
import { growingTree } from './growing-tree.ts';
import { type LevelSum, logReplay, sumTiles } from './log-replay.ts';
import { leafHash } from './merkle.ts';
import type { Tile } from './tile.ts';

const entries = (count: number) => Array.from({ length: count }, (_, index) => Buffer.from(`entry ${index}`));

test('a growing tree has the root of RFC 6962 at every size', () => {
  const tree = naiveTreeOf(700);
  const growing = growingTree();
  expect(growing.root()).toEqual(tree.root(0));
  for (const [index, leaf] of tree.leafHashes.entries()) {
    growing.add(leaf);
    expect(growing.root(), `${index + 1} leaves`).toEqual(tree.root(index + 1));
  }
  expect(growing.size()).toBe(700);
});

/** The tiles that a log of so many entries keeps, lower levels first. */
function tilesOf(count: number): Promise<Tile[]> {
  return appendLeaves(0, entries(count).map(leafHash), async () => new Uint8Array(0));
}

function sumsOf(tiles: { level: number; index: number; bytes: Uint8Array }[]): LevelSum[] | undefined {
  const sums = sumTiles();
  for (const { level, index, bytes } of tiles) sums.add({ level, index, hashes: bytes });
  return sums.levelSums();
}

describe('a replay of the entries', () => {
  test.each([0, 1, 255, 256, 257, 512, 1000, 65_536, 66_000])(
    'of %d has the sums of the tiles that a log keeps',
    async (count) => {
      const replay = logReplay();
      for (const entry of entries(count)) replay.add(entry);
      expect(replay.size()).toBe(count);
      expect(sumsOf(await tilesOf(count))).toEqual(replay.levelSums());
    },
  );

  test('differs from tiles of which one bit is another', async () => {
    const replay = logReplay();
    for (const entry of entries(600)) replay.add(entry);
    const tiles = await tilesOf(600);
    for (const place of tiles.keys()) {
      const changed = tiles.map((tile, index) => {
        const bytes = tile.bytes.slice();
        if (index === place) bytes[40] = (bytes[40] ?? 0) ^ 1;
        return { ...tile, bytes };
      });
      expect(sumsOf(changed), `tile ${place}`).not.toEqual(replay.levelSums());
    }
  });

  test('has no equal among tiles that are missing, swapped or half full', async () => {
    const tiles = await tilesOf(600);
    const [first, second, third, above] = tiles;
    if (!first || !second || !third || !above) throw new Error('600 entries have four tiles');
    const half = { ...second, bytes: second.bytes.subarray(0, 64) };
    for (const wrong of [
      [second, third, above],
      [first, third, above],
      [first, second, second],
      [second, first],
      [first, half, third],
      [above],
    ])
      expect(sumsOf(wrong)).toBeUndefined();
    expect(sumsOf([first, second, above])).toHaveLength(2);
  });
});
