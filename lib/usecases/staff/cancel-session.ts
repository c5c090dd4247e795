import { checkPlainString } from '#lib/domain/plain-string.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { cancelInTransaction } from '../close-session.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';

/** As for the merchant's own reason. */
const reasonCharactersMax = 500;

export type StaffCancelResult =
  | { ok: true }
  | {
      ok: false;
      code:
        | 'forbidden'
        | 'reason_missing'
        | 'signing_session_not_found'
        | 'session_completed'
        | 'session_not_cancellable';
    };

/** Staff withdraw an open session, with a reason that is kept. Cancelling what is cancelled already is no error. */
export async function cancelAsStaff(
  ctx: UseCaseContext,
  staff: StaffActor,
  sessionId: string,
  typedReason: string,
): Promise<StaffCancelResult> {
  if (!mayStaff(staff.role, 'cancel_session')) return { ok: false, code: 'forbidden' };
  const reason = typedReason.trim().slice(0, reasonCharactersMax);
  if (reason === '' || !checkPlainString(reason).ok) return { ok: false, code: 'reason_missing' };
  const { workspaceId, userId, request } = staff;
  const canceller = { by: 'staff' as const, actorId: userId, request };
  const outcome = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
    cancelInTransaction(ctx, tx, { workspaceId, sessionId }, canceller, reason),
  );
  return outcome.ok ? { ok: true } : { ok: false, code: outcome.code };
}
