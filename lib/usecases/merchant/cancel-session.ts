import type { SessionView } from '#lib/schema/session.ts';
import { cancelInTransaction } from '../close-session.ts';
import type { MerchantActor, UseCaseContext } from '../context.ts';
import { type Once, type Settled, settleOnce } from '../once.ts';
import { sessionView } from '../session-view.ts';

export type CancelResult =
  | { ok: true; session: SessionView }
  | { ok: false; code: 'signing_session_not_found' }
  | { ok: false; code: 'session_completed' | 'session_not_cancellable'; session: SessionView };

/** The merchant withdraws the offer. Cancelling twice is the same as once; what is signed or closed stays so. */
export function cancelSession(
  ctx: UseCaseContext,
  merchant: MerchantActor,
  { sessionId, reason }: { sessionId: string; reason?: string | undefined },
  once: Once<CancelResult>,
): Promise<Settled> {
  const { workspaceId, apiKeyId, request } = merchant;
  return settleOnce<CancelResult>(ctx, once, {
    role: 'aceite_app',
    workspaceId,
    isKept: () => true,
    effect: async (tx) => {
      const canceller = { by: 'merchant' as const, actorId: apiKeyId, request };
      const outcome = await cancelInTransaction(ctx, tx, { workspaceId, sessionId }, canceller, reason);
      if (!outcome.ok && outcome.code === 'signing_session_not_found') return outcome;
      return { ...outcome, session: sessionView(ctx, outcome.session) };
    },
  });
}
