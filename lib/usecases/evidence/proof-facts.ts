import type { ProofEvidence } from '#lib/evidence/evidence-view.ts';
import { parseCheckpoint } from '#lib/evidence/log/checkpoint.ts';
import { cosignedAt } from '#lib/evidence/log/cosignature.ts';
import { parseNote } from '#lib/evidence/log/signed-note.ts';
import type { SessionProof } from './session-proof.ts';

/** What people and evidence are told of a proof. */
export function proofFacts({
  checkpoint,
  places,
  timeStamps,
  pendingAuthorities,
  cosignatures,
}: SessionProof): ProofEvidence {
  const note = parseNote(Buffer.concat([checkpoint.note, Buffer.from(cosignatures.map(({ line }) => line).join(''))]));
  const body = note.ok ? parseCheckpoint(note.note.text) : note;
  if (!note.ok || !body.ok) throw new Error('a kept checkpoint cannot be read');
  const [, ...witnesses] = note.note.signatures;
  return {
    logOrigin: body.checkpoint.origin,
    leafIndex: lastOf(places),
    treeSize: checkpoint.size,
    rootHex: checkpoint.root.toString('hex'),
    checkpointAt: checkpoint.signed_at.toISOString(),
    timeStamps: timeStamps.map(({ authority, stamped_at }) => ({ authority, at: stamped_at.toISOString() })),
    timeStampsPending: pendingAuthorities,
    witnesses: witnesses.map(({ name, signature }) => ({ name, at: timeOf(signature) })),
  };
}

/** Where the last event stands: the one whose hash holds all the others, also when the log took in another one after it. */
function lastOf(places: SessionProof['places']): number {
  const index = places.get(Math.max(...places.keys()));
  if (index === undefined) throw new Error('a proof does not know where the last event of its story stands');
  return index;
}

function timeOf(cosignature: Uint8Array): string {
  const at = cosignedAt(cosignature);
  if (!at) throw new Error('a kept cosignature tells no time');
  return at.toISOString();
}
