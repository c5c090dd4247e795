import type { SessionView } from '#lib/schema/session.ts';
import type { MerchantActor, UseCaseContext } from '../context.ts';
import { findAnySession } from '../find-session.ts';
import { sessionView } from '../session-view.ts';

export type ReadSessionResult = { ok: true; session: SessionView } | { ok: false; code: 'signing_session_not_found' };

/** One session of the merchant's workspace, as it is at this moment. */
export function readSession(
  ctx: UseCaseContext,
  merchant: MerchantActor,
  sessionId: string,
): Promise<ReadSessionResult> {
  return ctx.db.transaction<ReadSessionResult>(
    { role: 'aceite_app', workspaceId: merchant.workspaceId },
    async (tx) => {
      const session = await findAnySession(ctx, tx, merchant.workspaceId, sessionId);
      return session
        ? { ok: true, session: sessionView(ctx, session) }
        : { ok: false, code: 'signing_session_not_found' };
    },
  );
}
