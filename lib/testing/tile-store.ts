import type { Tile, TileReader } from '#lib/evidence/log/tile.ts';

/** Tiles in memory. It hands out exactly the widths that were written, as a folder of files would, and counts. */
export type TileStore = { read: TileReader; write(tiles: readonly Tile[]): void; reads: string[] };

export function tileStore(): TileStore {
  const tiles = new Map<string, Uint8Array>();
  const reads: string[] = [];
  return {
    reads,
    read: async (...place) => {
      reads.push(place.join('/'));
      const bytes = tiles.get(place.join('/'));
      if (bytes === undefined) throw new Error(`No tile ${place.join('/')} was ever written`);
      return bytes;
    },
    write: (written) => {
      for (const { level, index, width, bytes } of written) tiles.set(`${level}/${index}/${width}`, bytes);
    },
  };
}
