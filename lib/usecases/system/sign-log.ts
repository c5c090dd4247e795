import type { Tx } from '#lib/db/database.ts';
import { type LogHead, readLogHead } from '#lib/db/log.ts';
import { becomeOnlySigner, insertCheckpoint, readCheckpoint } from '#lib/db/log-checkpoints.ts';
import { forgetLogRefusal, type LogRefusalCode, noteLogRefusal } from '#lib/db/log-standing.ts';
import { formatCheckpoint } from '#lib/evidence/log/checkpoint.ts';
import { verifyConsistency } from '#lib/evidence/log/merkle.ts';
import { formatNote, type Sign, signNote } from '#lib/evidence/log/signed-note.ts';
import { consistencyProof } from '#lib/evidence/log/tiles.ts';
import type { VerifierKey } from '#lib/evidence/log/verifier-key.ts';
import type { UseCaseContext } from '../context.ts';
import { workerScope } from '../no-workspace.ts';
import { isSignedBy } from './known-checkpoints.ts';
import { logTileReader } from './log-tile-reader.ts';

/** A history that was signed: its length, and the root of its tree. */
export type SignedHistory = { size: number; root: Uint8Array };

/** The log's signer: a key that never leaves its process, and a memory that no restored database can turn back. */
export type LogSigner = {
  key: VerifierKey;
  sign: Sign;
  recall(): Promise<SignedHistory>;
  /** Returns only when it would survive a power cut. */
  remember(history: SignedHistory): Promise<void>;
};

export type SigningOutcome =
  | { ok: true; size: number; isNew: boolean }
  | { ok: false; code: LogRefusalCode | 'checkpoint_forged'; size: number; signed: number };

/**
 * Signs the head of the log as a checkpoint (C2SP tlog-checkpoint) when it has grown since the last one. Refuses a head that is shorter
 * than what was signed before (a database restored from an old backup) or that does not begin with it (one that was rewritten): a log that
 * signs two histories proves neither. A refusal is also left in the database, where staff and figures see it. A checkpoint of that size that
 * is there already must be its own, or somebody else has written it. The memory is written before the signature exists, so a crash can only
 * make it too careful.
 */
export function signLog({ db }: Pick<UseCaseContext, 'db'>, signer: LogSigner): Promise<SigningOutcome> {
  return db.transaction(workerScope, async (tx) => {
    const [isAlone, head] = await Promise.all([becomeOnlySigner(tx), readLogHead(tx)]);
    const signed = await signer.recall();
    if (!isAlone) return { ok: true, size: signed.size, isNew: false };
    const following = await howItFollows(tx, signed, head);
    if (following !== 'follows') {
      const refusal = { code: following, size: head.size, signed: signed.size };
      await noteLogRefusal(tx, refusal);
      return { ok: false, ...refusal };
    }
    await forgetLogRefusal(tx);
    const there = await readCheckpoint(tx, head.size);
    if (there && !(there.root.equals(head.root) && (await isSignedBy(there, [signer.key]))))
      return { ok: false, code: 'checkpoint_forged', size: head.size, signed: signed.size };
    if (head.size === 0 || there) return { ok: true, size: head.size, isNew: false };
    await signer.remember(head);
    await insertCheckpoint(tx, { ...head, note: await noteOf(head, signer) });
    return { ok: true, size: head.size, isNew: true };
  });
}

async function howItFollows(tx: Tx, signed: SignedHistory, head: LogHead): Promise<'follows' | LogRefusalCode> {
  if (head.size < signed.size) return 'log_rollback_detected';
  const proof = await consistencyProof(signed.size, head.size, logTileReader(tx));
  const verdict = verifyConsistency(signed.size, head.size, signed.root, head.root, proof);
  return verdict.ok ? 'follows' : 'log_rewritten';
}

async function noteOf({ size, root }: LogHead, { key, sign }: LogSigner): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: key.name, size, root });
  return formatNote({ text, signatures: [await signNote(text, key, sign)] });
}
