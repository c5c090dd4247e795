import type { Tx } from '#lib/db/database.ts';
import { readLogTiles, type TileRow } from '#lib/db/log-tiles.ts';
import { hashBytes } from '#lib/evidence/log/merkle.ts';
import type { TileReader } from '#lib/evidence/log/tile.ts';

type Batch = { places: Pick<TileRow, 'level' | 'index'>[]; tiles: Promise<ReadonlyMap<string, Uint8Array>> };

/**
 * Reads the log's tiles within a transaction, each as wide as it is asked for; a tile that has grown since is cut. Those that are asked for
 * in one go come in one statement: a proof from a large log needs five or six, and the way to the database costs more than the tiles.
 */
export function logTileReader(tx: Tx): TileReader {
  let gathering: Batch | undefined;
  const begin = (): Batch => {
    const places: Batch['places'] = [];
    // What asks now asks for all it needs before it waits for any: one turn later the batch is whole.
    const tiles = Promise.resolve().then(() => {
      gathering = undefined;
      return readAll(tx, places);
    });
    return { places, tiles };
  };
  return async (level, index, width) => {
    gathering ??= begin();
    gathering.places.push({ level, index });
    const hashes = (await gathering.tiles).get(keyOf({ level, index }));
    return (hashes ?? Buffer.alloc(0)).subarray(0, width * hashBytes);
  };
}

async function readAll(tx: Tx, places: Batch['places']): Promise<ReadonlyMap<string, Uint8Array>> {
  return new Map((await readLogTiles(tx, places)).map((tile) => [keyOf(tile), tile.hashes]));
}

const keyOf = ({ level, index }: Batch['places'][number]) => `${level}/${index}`;
