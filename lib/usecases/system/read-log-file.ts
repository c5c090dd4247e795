import type { Tx } from '#lib/db/database.ts';
import { listLogEntries } from '#lib/db/log.ts';
import type { CheckpointRow } from '#lib/db/log-checkpoints.ts';
import { listCosignatures } from '#lib/db/log-cosignatures.ts';
import { readLogTile } from '#lib/db/log-tiles.ts';
import { formatEntryBundle } from '#lib/evidence/log/entry-bundle.ts';
import { hashBytes } from '#lib/evidence/log/merkle.ts';
import { tileWidth } from '#lib/evidence/log/tile.ts';
import { type LogFile, parseLogPath } from '#lib/evidence/log/tile-path.ts';
import type { UseCaseContext } from '../context.ts';
import { appScope } from '../no-workspace.ts';
import { newestKnownCheckpoint } from './known-checkpoints.ts';

/** `isFixed`: the file never changes again. */
export type PublicLogFile = { bytes: Uint8Array; isFixed: boolean };

/**
 * A file of the public log by its path below `/log/` (C2SP tlog-tiles): `checkpoint`, `tile/<level>/<index>[.p/<width>]` or
 * `tile/entries/<index>[.p/<width>]`. Undefined for what the log does not have, or what only a later checkpoint will cover.
 */
export function readLogFile(
  ctx: Pick<UseCaseContext, 'db' | 'logKeys'>,
  path: string,
): Promise<PublicLogFile | undefined> {
  return ctx.db.transaction(appScope, async (tx) => {
    const checkpoint = await newestKnownCheckpoint(ctx, tx);
    if (!checkpoint) return undefined;
    if (path === 'checkpoint') return { bytes: await witnessed(tx, checkpoint), isFixed: false };
    const file = parseLogPath(path);
    const bytes = file && isCovered(file, checkpoint.size) ? await read(tx, file) : undefined;
    return bytes && { bytes, isFixed: true };
  });
}

/** The signed note with the lines of all who have cosigned it so far. */
async function witnessed(tx: Tx, { size, note }: CheckpointRow): Promise<Uint8Array> {
  const cosignatures = await listCosignatures(tx, size);
  return Buffer.concat([note, Buffer.from(cosignatures.map(({ line }) => line).join(''))]);
}

/** Whether all of the file's hashes are in a tree of that size. */
function isCovered(file: LogFile, size: number): boolean {
  const level = file.kind === 'hashes' ? file.level : 0;
  return (file.index * tileWidth + file.width) * tileWidth ** level <= size;
}

async function read(tx: Tx, file: LogFile): Promise<Uint8Array | undefined> {
  if (file.kind === 'hashes') {
    const hashes = await readLogTile(tx, file.level, file.index);
    return hashes?.subarray(0, file.width * hashBytes);
  }
  const first = file.index * tileWidth;
  return formatEntryBundle(await listLogEntries(tx, first, first + file.width));
}
