import type { EvidenceView } from '#lib/schema/evidence.ts';
import type { MerchantActor, UseCaseContext } from '../context.ts';
import { readWholeEvidence } from '../evidence/whole-evidence.ts';
import { findAnySession } from '../find-session.ts';
import { noteAccess } from './note-access.ts';

export type ReadEvidenceResult =
  | { ok: true; evidence: EvidenceView }
  | { ok: false; code: 'signing_session_not_found' };

/** All that is kept of one session, with its sources; never depends on the lender or on the session's state. */
export async function readEvidence(
  ctx: UseCaseContext,
  merchant: MerchantActor,
  sessionId: string,
): Promise<ReadEvidenceResult> {
  if (!(await noteAccess(ctx, merchant, sessionId, 'evidence')))
    return { ok: false, code: 'signing_session_not_found' };
  const { workspaceId } = merchant;
  return ctx.db.transaction<ReadEvidenceResult>({ role: 'aceite_app', workspaceId, isSnapshot: true }, async (tx) => {
    const session = await findAnySession(ctx, tx, workspaceId, sessionId);
    if (!session) return { ok: false, code: 'signing_session_not_found' };
    return { ok: true, evidence: await readWholeEvidence(ctx, tx, session) };
  });
}
