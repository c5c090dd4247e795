import type { Tx } from '#lib/db/database.ts';
import { type DeliveryRow, hurryDelivery, readDelivery, resumeDelivery } from '#lib/db/deliveries.ts';
import { findDebtHolders, lockDebtForCreation } from '#lib/db/new-session.ts';
import { mayActOnDelivery, type StaffDeliveryAct } from '#lib/domain/delivery-state.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { parseStaffReason } from '#lib/domain/staff-reason.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { findSession } from '../find-session.ts';
import type { OpenSession } from '../open-session.ts';

export type RetryRefusal =
  | 'forbidden'
  | 'signing_session_not_found'
  | 'delivery_not_there'
  | 'delivery_under_way'
  | 'debt_held_elsewhere'
  | Extract<ReturnType<typeof parseStaffReason>, { ok: false }>['code'];
export type RetryResult = { ok: true } | { ok: false; code: RetryRefusal };

/**
 * Has a delivery begun anew that was rejected, waits for a person, or was paused by a credential that is mended by now: the same bytes, the
 * whole schedule, and a question first if they may have arrived before. The reason is kept with the session.
 */
export async function retryDelivery(
  ctx: UseCaseContext,
  staff: StaffActor,
  sessionId: string,
  typedReason: string,
): Promise<RetryResult> {
  if (!mayStaff(staff.role, 'retry_delivery')) return { ok: false, code: 'forbidden' };
  const reason = parseStaffReason(typedReason);
  if (!reason.ok) return reason;
  return onDelivery(ctx, staff, { sessionId, act: 'retry' }, async (tx, session, row) => {
    if (await isDebtHeld(tx, row)) return { ok: false, code: 'debt_held_elsewhere' };
    if (!(await resumeDelivery(tx, row))) return { ok: false, code: 'delivery_under_way' };
    await recordEvent(tx, session, {
      type: 'delivery_resumed',
      ...whoActs(staff),
      data: { from: row.status },
      words: reason.value,
    });
    return { ok: true };
  });
}

/** Brings the next attempt of a waiting delivery forward. It changes nothing else: a worker takes it by the same lease as ever. */
export async function sendDeliveryNow(ctx: UseCaseContext, staff: StaffActor, sessionId: string): Promise<RetryResult> {
  if (!mayStaff(staff.role, 'retry_delivery')) return { ok: false, code: 'forbidden' };
  return onDelivery(ctx, staff, { sessionId, act: 'send_now' }, async (tx, session, row) => {
    if (!(await hurryDelivery(tx, row))) return { ok: false, code: 'delivery_under_way' };
    await recordEvent(tx, session, { type: 'delivery_hurried', ...whoActs(staff), data: { from: row.status } });
    return { ok: true };
  });
}

/** With the worker's rights, because the outbox is the worker's; a row that moves meanwhile refuses by itself. */
function onDelivery(
  ctx: UseCaseContext,
  { workspaceId }: StaffActor,
  { sessionId, act }: { sessionId: string; act: StaffDeliveryAct },
  work: (tx: Tx, session: OpenSession, row: DeliveryRow) => Promise<RetryResult>,
): Promise<RetryResult> {
  return ctx.db.transaction<RetryResult>({ role: 'aceite_worker', workspaceId }, async (tx) => {
    const session = await findSession(ctx, tx, workspaceId, sessionId);
    if (!session) return { ok: false, code: 'signing_session_not_found' };
    const row = await readDelivery(tx, workspaceId, sessionId);
    if (!row || !mayActOnDelivery(act, row.status)) return { ok: false, code: 'delivery_not_there' };
    return work(tx, session, row);
  });
}

/** Only a rejected signature lets go of its debt; meanwhile another session may have taken it. */
export async function isDebtHeld(tx: Tx, { status, workspace_id, debt_key }: DeliveryRow): Promise<boolean> {
  if (status !== 'REJECTED') return false;
  await lockDebtForCreation(tx, workspace_id, debt_key);
  return (await findDebtHolders(tx, debt_key)).length > 0;
}

function whoActs({ userId, request }: StaffActor) {
  return { actor: 'staff' as const, actorId: userId, request };
}
