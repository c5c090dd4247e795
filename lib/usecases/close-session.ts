import type { Tx } from '#lib/db/database.ts';
import { moveToCancelled } from '#lib/db/session-moves.ts';
import { deleteDraft } from '#lib/db/signer-details.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import { shownStatus } from '#lib/domain/session-state.ts';
import type { RequestFacts, UseCaseContext } from './context.ts';
import { recordEvent } from './events.ts';
import { findAnySession } from './find-session.ts';
import type { OpenSession } from './open-session.ts';

/** The lender's doing reaches us as a notice about the debt, which is kept by itself. */
type Canceller = { by: 'merchant' | 'staff'; actorId: string; request: RequestFacts } | { by: 'lender' };

export type CancelOutcome =
  | { ok: true; session: OpenSession }
  | { ok: false; code: 'signing_session_not_found' }
  | { ok: false; code: 'session_completed' | 'session_not_cancellable'; session: OpenSession };

/**
 * Cancels a session within a transaction, for merchant, staff and lender alike. The first commit wins: a session that is CANCELLED already
 * stays as it was and answers ok; one that is COMPLETED, FAILED or EXPIRED refuses.
 */
export async function cancelInTransaction(
  ctx: UseCaseContext,
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  canceller: Canceller,
  reason: string | undefined,
): Promise<CancelOutcome> {
  const session = await findAnySession(ctx, tx, workspaceId, sessionId);
  if (!session) return { ok: false, code: 'signing_session_not_found' };
  const words = reason === undefined || session.erased ? null : session.vault.sealJson('closing_words', reason);
  const at = await moveToCancelled(tx, workspaceId, sessionId, { by: canceller.by, words });
  if (at) {
    await recordEvent(tx, session, {
      type: 'cancelled',
      actor: canceller.by,
      data: { closedAt: at.toISOString() },
      ...(canceller.by !== 'lender' && { actorId: canceller.actorId, request: canceller.request }),
      ...(reason !== undefined && { words: reason }),
    });
    await deleteDraft(tx, session.place);
  }
  const now = (await findAnySession(ctx, tx, workspaceId, sessionId)) ?? session;
  const status = shownStatus({ status: now.row.status, isExpired: now.row.is_expired });
  if (status === 'CANCELLED') return { ok: true, session: now };
  return { ok: false, code: status === 'COMPLETED' ? 'session_completed' : 'session_not_cancellable', session: now };
}
