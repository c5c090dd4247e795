import { hashBytes, nodeHashesOver } from './merkle.ts';

/** Hashes in a full tile (c2sp.org/tlog-tiles); a full tile is 8,192 bytes. */
export const tileWidth = 256;

/** A place in the log's tiles: `level` 0 holds leaf hashes, each level above the roots of full tiles below; `width` 1 to 256. */
export type TilePlace = { level: number; index: number; width: number };
export type Tile = TilePlace & { bytes: Uint8Array };

/** Gives the `width` first hashes of a tile, 32 bytes each; rejects when it has none. It is only asked for widths of the tree at hand. */
export type TileReader = (level: number, index: number, width: number) => Promise<Uint8Array>;

/** Reads a tile and throws when it has another length: a store that is damaged, and no proof can come from it. */
export async function readTile(read: TileReader, { level, index, width }: TilePlace): Promise<Uint8Array> {
  const bytes = await read(level, index, width);
  if (bytes.length === width * hashBytes) return bytes;
  throw new Error(
    `Tile ${index} of level ${level} has ${bytes.length} bytes where ${width * hashBytes} belong to its ${width} hashes`,
  );
}

/** Hashes that stand at one level of the tiles when the tree has `size` leaves. */
export function hashesAtLevel(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** Root of a whole subtree from the hashes of its bottom row, side by side; their number is a power of two. */
export function perfectRoot(hashes: Uint8Array): Uint8Array {
  let row = hashes;
  while (row.length > hashBytes) row = nodeHashesOver(row);
  return row.slice();
}
