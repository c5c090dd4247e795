import { readFileSync } from 'node:fs';
import type { KeptEntry, RestoredRows } from '#lib/db/restored-rows.ts';
import type { Checkpoint } from '#lib/evidence/log/checkpoint.ts';
import { type LevelSum, type LogReplay, logReplay, sumTiles } from '#lib/evidence/log/log-replay.ts';
import { emptyRoot } from '#lib/evidence/log/merkle.ts';
import { readCheckpoint } from '#lib/evidence/log/read-checkpoint.ts';
import { CommandFailure } from './command.ts';
import type { RestoreFault } from './restore-fault.ts';

/** A checkpoint that was published and kept elsewhere: the file is the signed note, as `/log/checkpoint` serves it. */
export function readCheckpointFile(path: string): Checkpoint {
  let note: Buffer;
  try {
    note = readFileSync(path);
  } catch (error) {
    throw new CommandFailure(`The checkpoint ${path} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
  const checkpoint = readCheckpoint(note);
  if (checkpoint) return checkpoint;
  throw new CommandFailure(
    `${path} is no checkpoint of a log. Save what <PORTAL_URL>/log/checkpoint serves, as it is.`,
  );
}

/**
 * Grows the restored log anew from its entries and holds head, tiles and all signed checkpoints against it; and, when it is given, a
 * checkpoint that strangers have kept, which the restored log must contain.
 */
export async function logFaults(rows: RestoredRows, published: Checkpoint | undefined): Promise<RestoreFault[]> {
  const replay = logReplay();
  const wrong = new Set<string>();
  let checkpoints = 0;
  let publishedRoot = published?.size === 0 ? emptyRoot() : undefined;
  await rows.eachLogEntry((kept) => {
    if (kept.index !== replay.size()) wrong.add('the numbering of its entries');
    replay.add(kept.entry);
    if (kept.root) checkpoints += 1;
    if (kept.root && !isTrueTo(kept, replay)) wrong.add(`the checkpoint of size ${kept.index + 1}`);
    if (replay.size() === published?.size) publishedRoot = replay.root();
  });
  const head = await rows.logHead();
  if (head?.size !== replay.size() || !head.root.equals(replay.root())) wrong.add('the head');
  if (checkpoints !== (await rows.countCheckpoints())) wrong.add('a checkpoint beyond the last entry');
  if (!areSameSums(replay.levelSums(), await tileSums(rows))) wrong.add('the tiles');
  return [...brokenLog(wrong), ...(published ? historyFaults(published, replay.size(), publishedRoot) : [])];
}

/** Row and signed note both say what the entries up to here give. */
function isTrueTo({ root, note }: KeptEntry, replay: LogReplay): boolean {
  const stated = note ? readCheckpoint(note) : undefined;
  const expected = replay.root();
  return root?.equals(expected) === true && stated?.size === replay.size() && root.equals(stated.root);
}

async function tileSums(rows: RestoredRows): Promise<LevelSum[] | undefined> {
  const sums = sumTiles();
  await rows.eachLogTile(sums.add);
  return sums.levelSums();
}

function areSameSums(one: LevelSum[], other: LevelSum[] | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function brokenLog([first, ...others]: Iterable<string>): RestoreFault[] {
  if (first === undefined) return [];
  const more = others.length > 0 ? `, and ${others.length} more of its parts do not either` : '';
  const message = `The log does not fit together: ${first} is not what its entries make${more}. It was changed in the database that was backed up, or in the file by somebody who knows its format.`;
  return [{ code: 'log_broken', message }];
}

function historyFaults(published: Checkpoint, size: number, root: Uint8Array | undefined): RestoreFault[] {
  const { origin, size: signed } = published;
  if (size < signed) {
    const message = `log_rollback_detected: the restored log has ${size} entries, and the checkpoint of ${origin} that you gave says ${signed}. This backup is older than that checkpoint, and what was recorded in between is missing. Restore a newer backup if there is one; the log's signer will not sign this history.`;
    return [{ code: 'log_rollback_detected', message }];
  }
  if (root && Buffer.from(root).equals(published.root)) return [];
  const message = `log_rewritten: the restored log does not begin with the ${signed} entries of the checkpoint of ${origin} that you gave. It is another log, or its history was changed.`;
  return [{ code: 'log_rewritten', message }];
}
