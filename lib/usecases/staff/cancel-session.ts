import { mayStaff } from '#lib/domain/roles.ts';
import { parseStaffReason } from '#lib/domain/staff-reason.ts';
import { type CancelOutcome, cancelInTransaction } from '../close-session.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';

export type StaffCancelRefusal =
  | 'forbidden'
  | Extract<ReturnType<typeof parseStaffReason>, { ok: false }>['code']
  | Extract<CancelOutcome, { ok: false }>['code'];

export type StaffCancelResult = { ok: true } | { ok: false; code: StaffCancelRefusal };

/** Staff withdraw an open session, with a reason that is kept. Cancelling what is cancelled already is no error. */
export async function cancelAsStaff(
  ctx: UseCaseContext,
  staff: StaffActor,
  sessionId: string,
  typedReason: string,
): Promise<StaffCancelResult> {
  if (!mayStaff(staff.role, 'cancel_session')) return { ok: false, code: 'forbidden' };
  const reason = parseStaffReason(typedReason);
  if (!reason.ok) return reason;
  const { workspaceId, userId, request } = staff;
  const canceller = { by: 'staff' as const, actorId: userId, request };
  const outcome = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
    cancelInTransaction(ctx, tx, { workspaceId, sessionId }, canceller, reason.value),
  );
  return outcome.ok ? { ok: true } : { ok: false, code: outcome.code };
}
