import type { AddCheckpoint } from './add-checkpoint.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { emptyRoot, verifyConsistency } from './merkle.ts';
import { parseNote, verifyNote } from './signed-note.ts';
import type { VerifierKey } from './verifier-key.ts';

/** What a witness remembers of a log: the last tree that it cosigned. */
export type SeenTree = { size: number; root: Uint8Array };
/** `text` is what to cosign, once `checkpoint` is remembered. A conflict tells the size that the witness knows. */
export type CheckpointJudgement =
  | { ok: true; text: string; checkpoint: Checkpoint }
  | { ok: false; code: 'malformed_request' | 'unknown_log' | 'signature_refused' | 'proof_refused' }
  | { ok: false; code: 'size_conflict'; size: number }
  /** The log has signed two trees of one size: it tells two histories. */
  | { ok: false; code: 'forked'; size: number; origin: string };

/** The memory of a witness that has never seen a log. */
export const nothingSeen = (): SeenTree => ({ size: 0, root: emptyRoot() });

/**
 * Whether a witness may cosign, by the rules of c2sp.org/tlog-witness and in their order. `logs` are the keys that it trusts, each for
 * the origin of its own name; `seenOf` is its memory. Nothing else may be judged of that log until the answer is remembered.
 */
export async function judgeCheckpoint(
  { oldSize, proof, checkpoint: bytes }: AddCheckpoint,
  logs: readonly VerifierKey[],
  seenOf: (origin: string) => SeenTree,
): Promise<CheckpointJudgement> {
  const reading = parseNote(bytes);
  const body = reading.ok ? parseCheckpoint(reading.note.text) : undefined;
  if (!reading.ok || !body?.ok) return { ok: false, code: 'malformed_request' };
  const { note } = reading;
  const { checkpoint } = body;
  const { origin, size, root } = checkpoint;
  const keys = logs.filter(({ name }) => name === origin);
  if (keys.length === 0) return { ok: false, code: 'unknown_log' };
  if (!(await verifyNote(note, keys)).ok) return { ok: false, code: 'signature_refused' };
  if (oldSize > size) return { ok: false, code: 'malformed_request' };
  const seen = seenOf(origin);
  if (oldSize !== seen.size) return { ok: false, code: 'size_conflict', size: seen.size };
  const verdict = verifyConsistency(oldSize, size, seen.root, root, proof);
  if (verdict.ok) return { ok: true, text: note.text, checkpoint };
  // Of two trees of one size an empty proof says all there is to say.
  const isForked = size === seen.size && verdict.code === 'wrong_root';
  return isForked ? { ok: false, code: 'forked', size, origin } : { ok: false, code: 'proof_refused' };
}
