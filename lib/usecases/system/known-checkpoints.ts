import type { Tx } from '#lib/db/database.ts';
import { type CheckpointRow, checkpointBefore, coveringCheckpoint, readCheckpoint } from '#lib/db/log-checkpoints.ts';
import { listStatements } from '#lib/db/log-statements.ts';
import { parseCheckpoint } from '#lib/evidence/log/checkpoint.ts';
import { parseNote, verifyNote } from '#lib/evidence/log/signed-note.ts';
import { parseVerifierKey, type VerifierKey } from '#lib/evidence/log/verifier-key.ts';
import type { UseCaseContext } from '../context.ts';

/**
 * Checkpoints that a known key of the log has signed over what their rows say. Whoever may speak SQL as the portal's login can put rows
 * among them, and nothing takes such a row away again: everybody who reads passes over it.
 */

type Known = Pick<UseCaseContext, 'logKeys'>;

/** The longest history that was ever signed; undefined before the first. */
export async function newestKnownCheckpoint(ctx: Known, tx: Tx): Promise<CheckpointRow | undefined> {
  const keys = await knownKeys(ctx, tx);
  let row = await checkpointBefore(tx, Number.MAX_SAFE_INTEGER);
  while (row && !(await isSignedBy(row, keys))) row = await checkpointBefore(tx, row.size);
  return row;
}

/** Reads checkpoints that a known key has signed; the keys are read once, however many checkpoints are asked for. */
export type KnownCheckpoints = {
  /** The first whose history has the leaf at `index` (from 0) and that so many authorities have stamped. */
  over(index: number, stamps: number): Promise<CheckpointRow | undefined>;
  /** The one of this size. */
  at(size: number): Promise<CheckpointRow | undefined>;
};

/** For one transaction. */
export function knownCheckpoints(ctx: Known, tx: Tx): KnownCheckpoints {
  let reading: Promise<VerifierKey[]> | undefined;
  const isKnown = async (row: CheckpointRow) => {
    reading ??= knownKeys(ctx, tx);
    return isSignedBy(row, await reading);
  };
  return {
    async over(index, stamps) {
      let row = await coveringCheckpoint(tx, index, stamps);
      while (row && !(await isKnown(row))) row = await coveringCheckpoint(tx, row.size, stamps);
      return row;
    },
    async at(size) {
      const row = await readCheckpoint(tx, size);
      return row && (await isKnown(row)) ? row : undefined;
    },
  };
}

/** Whether the note says what the row says, under the signature of one of these keys. Where no key is known yet, any signature will do. */
export async function isSignedBy({ size, root, note }: CheckpointRow, keys: readonly VerifierKey[]): Promise<boolean> {
  const reading = parseNote(note);
  const stated = reading.ok ? parseCheckpoint(reading.note.text) : undefined;
  if (!reading.ok || !stated?.ok) return false;
  const { checkpoint } = stated;
  if (checkpoint.size !== size || !root.equals(checkpoint.root)) return false;
  return keys.length === 0 || (await verifyNote(reading.note, keys)).ok;
}

/** Those that are set; where none are, those that the log itself has named. */
async function knownKeys({ logKeys }: Known, tx: Tx): Promise<VerifierKey[]> {
  const set = logKeys?.() ?? [];
  const named = set.length > 0 ? set : await namedKeys(tx);
  return named.flatMap((text) => {
    const reading = parseVerifierKey(text);
    return reading.ok ? [reading.key] : [];
  });
}

async function namedKeys(tx: Tx): Promise<string[]> {
  const said = (await listStatements(tx)).filter(({ kind }) => kind === 'log_key');
  return said.map(({ content }) => String(JSON.parse(content).verifierKey));
}
