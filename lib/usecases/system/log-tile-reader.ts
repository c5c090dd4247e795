import type { Tx } from '#lib/db/database.ts';
import { readLogTile } from '#lib/db/log-tiles.ts';
import { hashBytes } from '#lib/evidence/log/merkle.ts';
import type { TileReader } from '#lib/evidence/log/tile.ts';

/** Reads the log's tiles within a transaction, each as wide as it is asked for; a tile that has grown since is cut. */
export function logTileReader(tx: Tx): TileReader {
  return async (level, index, width) => {
    const hashes = await readLogTile(tx, level, index);
    return (hashes ?? Buffer.alloc(0)).subarray(0, width * hashBytes);
  };
}
