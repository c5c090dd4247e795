import { moveToFailed } from '#lib/db/session-moves.ts';
import { deleteDraft } from '#lib/db/signer-details.ts';
import { readableWords } from '#lib/domain/signer-reason.ts';
import type { SignerActor, UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { type ActResult, actOnSession } from './act.ts';

/** The signer says no, with or without a reason. Final: the same link cannot be signed afterwards. */
export function declineContract(
  ctx: UseCaseContext,
  signer: SignerActor,
  { reason }: { reason: string },
): Promise<ActResult> {
  return actOnSession(ctx, signer, 'decline', async (tx, session) => {
    const words = readableWords(reason);
    const sealed = words === '' ? null : session.vault.sealJson('closing_words', words);
    const at = await moveToFailed(tx, signer.workspaceId, signer.sessionId, {
      reason: 'signer_declined',
      words: sealed,
    });
    if (at) {
      const said = words === '' ? {} : { words };
      const data = { closedAt: at.toISOString() };
      await recordEvent(tx, session, { type: 'declined', actor: 'signer', request: signer.request, data, ...said });
      await deleteDraft(tx, session.place);
    }
    return { kind: 'go', page: 'closed' };
  });
}
