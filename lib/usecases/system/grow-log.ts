import type { Tx } from '#lib/db/database.ts';
import { insertLogEntries, type LogHead, lockLogHead, moveLogHead, takeWaitingEvents } from '#lib/db/log.ts';
import { listWaitingStatements } from '#lib/db/log-statements.ts';
import { writeLogTiles } from '#lib/db/log-tiles.ts';
import { appendLeaves } from '#lib/evidence/log/append-leaves.ts';
import { leafHash } from '#lib/evidence/log/merkle.ts';
import type { Tile } from '#lib/evidence/log/tile.ts';
import { rootOf } from '#lib/evidence/log/tiles.ts';
import { logEntry } from '#lib/evidence/log-entry.ts';
import type { UseCaseContext } from '../context.ts';
import { workerScope } from '../no-workspace.ts';
import { logTileReader } from './log-tile-reader.ts';

/** Entries taken in at once: well under a second of work, so that nobody waits long for the head. */
const batch = 1_000;

/**
 * Takes the events and statements that wait into the log, those that have waited longest first; answers how many it took. One process at
 * a time does it, and a second one that tries answers 0 at once.
 */
export function growLog({ db }: Pick<UseCaseContext, 'db'>): Promise<number> {
  return db.transaction(workerScope, async (tx) => {
    const head = await lockLogHead(tx);
    if (!head) return 0;
    const statements = (await listWaitingStatements(tx, batch)).map((hash) => logEntry('statement', hash));
    const entries = [...statements, ...(await takeWaitingEvents(tx, batch - statements.length))];
    if (entries.length > 0) await appendToLog(tx, head, entries);
    return entries.length;
  });
}

/** Lets the log grow by these entries; for the transaction that holds its head. */
export async function appendToLog(tx: Tx, head: LogHead, entries: readonly Uint8Array[]): Promise<void> {
  const read = logTileReader(tx);
  const tiles = await appendLeaves(head.size, entries.map(leafHash), read);
  await insertLogEntries(tx, head.size, entries);
  await writeLogTiles(tx, tiles.map(rowOf));
  const size = head.size + entries.length;
  await moveLogHead(tx, { size, root: await rootOf(size, read) });
}

const rowOf = ({ level, index, bytes }: Tile) => ({ level, index, hashes: bytes });
