import type { Tx } from '#lib/db/database.ts';
import { erasedEvidence } from '#lib/evidence/erased-evidence.ts';
import type { EvidenceView } from '#lib/schema/evidence.ts';
import { collectEvidence } from '../collect-evidence.ts';
import type { UseCaseContext } from '../context.ts';
import type { OpenSession } from '../open-session.ts';
import { readProof } from './session-proof.ts';
import { readStory, untilTheEnd } from './story.ts';

/** The evidence of a session with everything that happened so far, also after its end; its proof is that of the end. */
export async function readWholeEvidence(ctx: UseCaseContext, tx: Tx, session: OpenSession): Promise<EvidenceView> {
  const story = await readStory(tx, session);
  const proof = await readProof(ctx, tx, untilTheEnd(story));
  const evidence = await collectEvidence(tx, session, { story, proof, isLive: true });
  return session.erased ? erasedEvidence(evidence, session.erased) : evidence;
}
