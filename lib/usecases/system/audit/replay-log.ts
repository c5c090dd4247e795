import type { KeptEntry, RestoredRows } from '#lib/db/restored-rows.ts';
import type { Checkpoint } from '#lib/evidence/log/checkpoint.ts';
import { type LevelSum, type LogReplay, logReplay, sumTiles } from '#lib/evidence/log/log-replay.ts';
import { emptyRoot } from '#lib/evidence/log/merkle.ts';
import { readCheckpoint } from '#lib/evidence/log/read-checkpoint.ts';

/** A part of the log that its entries do not make. `size` names a checkpoint. */
export type WrongPart =
  | { part: 'numbering' | 'head' | 'checkpoint beyond the last entry' | 'tiles' }
  | { part: 'checkpoint'; size: number };

export type ReplayedLog = {
  /** Entries. */
  size: number;
  wrong: WrongPart[];
  /** How a checkpoint that was published and kept elsewhere stands to this log; absent when none was given. */
  history?: 'contained' | 'log_rollback_detected' | 'log_rewritten';
};

/**
 * Grows the log anew from its entries and holds head, tiles and all signed checkpoints against it; and, when it is given, a checkpoint that
 * strangers have kept, which the log must contain. Whether anybody has signed the checkpoints is not asked.
 */
export async function replayLog(rows: RestoredRows, published: Checkpoint | undefined): Promise<ReplayedLog> {
  const replay = logReplay();
  const wrong = new Map<string, WrongPart>();
  const add = (part: WrongPart) => wrong.set(JSON.stringify(part), part);
  let checkpoints = 0;
  let publishedRoot = published?.size === 0 ? emptyRoot() : undefined;
  await rows.eachLogEntry((kept) => {
    if (kept.index !== replay.size()) add({ part: 'numbering' });
    replay.add(kept.entry);
    if (kept.root) checkpoints += 1;
    if (kept.root && !isTrueTo(kept, replay)) add({ part: 'checkpoint', size: kept.index + 1 });
    if (replay.size() === published?.size) publishedRoot = replay.root();
  });
  const head = await rows.logHead();
  if (head?.size !== replay.size() || !head.root.equals(replay.root())) add({ part: 'head' });
  if (checkpoints !== (await rows.countCheckpoints())) add({ part: 'checkpoint beyond the last entry' });
  if (!areSameSums(replay.levelSums(), await tileSums(rows))) add({ part: 'tiles' });
  const history = published && historyOf(published, replay.size(), publishedRoot);
  return { size: replay.size(), wrong: [...wrong.values()], ...(history && { history }) };
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

function historyOf(published: Checkpoint, size: number, root: Uint8Array | undefined) {
  if (size < published.size) return 'log_rollback_detected';
  return root && Buffer.from(root).equals(published.root) ? 'contained' : 'log_rewritten';
}
