import type { Tx } from './database.ts';

/** A tile of the log: `hashes` are 1 to 256 times 32 bytes. */
export type TileRow = { level: number; index: number; hashes: Uint8Array };

const read = { name: 'read_log_tile', text: 'SELECT hashes FROM log_tiles WHERE level = $1 AND index = $2' };

/** The hashes of a tile as far as it has grown, or undefined when there is no such tile. */
export async function readLogTile(tx: Tx, level: number, index: number): Promise<Buffer | undefined> {
  return (await tx.row<{ hashes: Buffer }>(read, [level, index]))?.hashes;
}

const readSeveral = {
  name: 'read_log_tiles',
  text: `SELECT level, index, hashes FROM unnest($1::integer[], $2::bigint[]) AS asked (level, index)
    JOIN log_tiles USING (level, index)`,
};

/** The tiles at these places as far as they have grown, in no order; those that are not there are absent. */
export async function readLogTiles(tx: Tx, places: readonly Pick<TileRow, 'level' | 'index'>[]): Promise<TileRow[]> {
  const columns = [places.map(({ level }) => level), places.map(({ index }) => index)];
  const rows = await tx.rows<{ level: number; index: string; hashes: Buffer }>(readSeveral, columns);
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

const write = {
  name: 'write_log_tiles',
  text: `INSERT INTO log_tiles (level, index, hashes) SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bytea[])
    ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes`,
};

/** Writes tiles, each as wide as it is now; the database refuses one that would change what it had. */
export async function writeLogTiles(tx: Tx, tiles: readonly TileRow[]): Promise<void> {
  const columns = [
    tiles.map(({ level }) => level),
    tiles.map(({ index }) => index),
    tiles.map(({ hashes }) => Buffer.from(hashes)),
  ];
  await tx.rows(write, columns);
}
