import { hashBytes } from './merkle.ts';
import { hashesAtLevel, perfectRoot, readTile, type Tile, type TileReader, tileWidth } from './tile.ts';

/**
 * The tiles to write so that a tree of `size` leaves grows by these leaf hashes: exactly those that change, each once and
 * as wide as the grown tree has it, lower levels first. Reads at most the rightmost tile of each level. A hash of another
 * length throws, for no leaf can ever be taken back.
 */
export async function appendLeaves(size: number, leafHashes: readonly Uint8Array[], read: TileReader): Promise<Tile[]> {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`${size} is not a number of leaves`);
  if (!Number.isSafeInteger(size + leafHashes.length)) throw new RangeError('The tree would be too large to count');
  if (leafHashes.some(({ length }) => length !== hashBytes)) throw new RangeError('A leaf hash is not 32 bytes long');
  const tiles: Tile[] = [];
  let added = leafHashes;
  for (let level = 0; added.length > 0; level += 1) {
    const grown = await growLevel(level, hashesAtLevel(size, level), added, read);
    tiles.push(...grown);
    // A tile is hashed into the level above once, when it is full.
    added = grown.filter(({ width }) => width === tileWidth).map(({ bytes }) => perfectRoot(bytes));
  }
  return tiles;
}

async function growLevel(
  level: number,
  count: number,
  added: readonly Uint8Array[],
  read: TileReader,
): Promise<Tile[]> {
  const firstIndex = Math.floor(count / tileWidth);
  const width = count % tileWidth;
  const kept = width === 0 ? new Uint8Array(0) : await readTile(read, { level, index: firstIndex, width });
  const hashes = joined(kept, added);
  const tiles: Tile[] = [];
  for (let offset = 0; offset < hashes.length; offset += tileWidth * hashBytes) {
    const bytes = hashes.slice(offset, offset + tileWidth * hashBytes);
    tiles.push({ level, index: firstIndex + tiles.length, width: bytes.length / hashBytes, bytes });
  }
  return tiles;
}

function joined(kept: Uint8Array, added: readonly Uint8Array[]): Uint8Array {
  const hashes = new Uint8Array(kept.length + added.length * hashBytes);
  hashes.set(kept);
  added.forEach((hash, index) => {
    hashes.set(hash, kept.length + index * hashBytes);
  });
  return hashes;
}
