import type { Tx } from '#lib/db/database.ts';
import type { CheckpointRow } from '#lib/db/log-checkpoints.ts';
import { insertCosignature, lastCosignedSize } from '#lib/db/log-cosignatures.ts';
import { cosignatureIn, witnessName } from '#lib/evidence/log/cosignature.ts';
import { parseNote } from '#lib/evidence/log/signed-note.ts';
import { consistencyProof } from '#lib/evidence/log/tiles.ts';
import type { WitnessAnswer } from '#lib/providers/witness.ts';
import type { KnownWitness, UseCaseContext } from '../context.ts';
import { workerScope } from '../no-workspace.ts';
import { newestKnownCheckpoint } from './known-checkpoints.ts';
import { logTileReader } from './log-tile-reader.ts';

type Context = Pick<UseCaseContext, 'db' | 'witnesses' | 'logKeys'>;

/** `reason` is a stable lower_snake word for logs. */
export type CosigningRefusal = {
  ok: false;
  /** `ahead` and `forked` need a person: the witness has seen a longer log than ours, or another one. The others may pass. */
  code: 'away' | 'refused' | 'ahead' | 'forked' | 'untrue_cosignature';
  reason: string;
};
export type CosigningOutcome = { witness: string } & ({ ok: true; size: number; isNew: boolean } | CosigningRefusal);

/**
 * Asks every witness that has not cosigned the newest checkpoint to do it, and keeps what they sign once it is verified. Only the newest,
 * since it covers all before it. One witness that is away does not hold up the others; each tells how it went.
 */
export function cosignCheckpoints(ctx: Context): Promise<CosigningOutcome[]> {
  return Promise.all(
    ctx.witnesses.map(async (known) => ({ witness: witnessName(known.key), ...(await cosignNewest(ctx, known)) })),
  );
}

async function cosignNewest(ctx: Context, known: KnownWitness) {
  const { db } = ctx;
  const witness = witnessName(known.key);
  const [checkpoint, lastSize] = await db.transaction(workerScope, (tx) =>
    Promise.all([newestKnownCheckpoint(ctx, tx), lastCosignedSize(tx, witness)]),
  );
  if (!checkpoint || lastSize === checkpoint.size) return { ok: true as const, size: lastSize, isNew: false };
  const answer = await ask({ db }, known, checkpoint, lastSize);
  if (!answer.ok) return answer;
  const cosignature = await cosignatureIn(answer.lines, textOf(checkpoint), known.key);
  if (!cosignature.ok) return { ok: false as const, code: 'untrue_cosignature' as const, reason: cosignature.code };
  const { size } = checkpoint;
  await db.transaction(workerScope, (tx) => insertCosignature(tx, { size, witness, line: cosignature.line }));
  return { ok: true as const, size, isNew: true };
}

/** Asks from the size that our records tell, and once more from the size that the witness tells. */
async function ask(
  ctx: Pick<Context, 'db'>,
  { witness }: KnownWitness,
  checkpoint: CheckpointRow,
  lastSize: number,
): Promise<{ ok: true; lines: string } | CosigningRefusal> {
  const { size, note } = checkpoint;
  const askFrom = async (oldSize: number): Promise<WitnessAnswer> => {
    const proof = await ctx.db.transaction(workerScope, (tx) => proofBetween(tx, oldSize, size));
    return await witness.cosign({ oldSize, proof, checkpoint: note });
  };
  const first = await askFrom(lastSize);
  if (first.ok || first.code !== 'conflict') return first;
  if (first.size > size) return { ok: false, code: 'ahead', reason: `seen_${first.size}` };
  const second = await askFrom(first.size);
  if (second.ok || second.code !== 'conflict') return second;
  // The same size and another root: the witness holds a checkpoint of ours that this log does not have.
  if (second.size === size && first.size === size) return { ok: false, code: 'forked', reason: `at_${size}` };
  return { ok: false, code: 'away', reason: 'asked_by_others' };
}

const proofBetween = (tx: Tx, oldSize: number, size: number): Promise<Uint8Array[]> =>
  consistencyProof(oldSize, size, logTileReader(tx));

/** What is signed of a checkpoint. We wrote the note ourselves, so one that cannot be read is a fault of ours. */
function textOf({ note, size }: CheckpointRow): string {
  const reading = parseNote(note);
  if (!reading.ok) throw new Error(`the checkpoint of ${size} entries cannot be read: ${reading.code}`);
  return reading.note.text;
}
