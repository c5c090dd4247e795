import { moveToInProgress } from '#lib/db/session-moves.ts';
import { hasAllDetails } from '#lib/domain/signer-detail.ts';
import type { SignerActor, UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { type ActResult, actOnSession } from './act.ts';

/** The signer goes on from reading. The only act that turns PENDING into IN_PROGRESS; again is harmless. */
export function beginSigning(ctx: UseCaseContext, signer: SignerActor): Promise<ActResult> {
  return actOnSession(ctx, signer, 'begin', async (tx, session, row) => {
    if (row.status === 'PENDING') {
      const at = await moveToInProgress(tx, signer.workspaceId, signer.sessionId);
      if (!at) return { kind: 'go', page: 'closed' };
      const data = { startedAt: at.toISOString() };
      await recordEvent(tx, session, { type: 'started', actor: 'signer', request: signer.request, data });
    }
    return { kind: 'go', page: hasAllDetails(session.details) ? 'review' : 'details' };
  });
}
