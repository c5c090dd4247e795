import type { Tx } from '#lib/db/database.ts';
import { insertHold, markHoldLifted } from '#lib/db/legal-holds.ts';
import { lockSessionRow } from '#lib/db/sessions.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { parseStaffReason } from '#lib/domain/staff-reason.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { newId } from '../new-id.ts';
import { type OpenSession, openSession } from '../open-session.ts';

/** At the command line nobody has a browser. */
export type HoldingStaff = Omit<StaffActor, 'request'> & Partial<Pick<StaffActor, 'request'>>;

export type HoldRefusal =
  | 'forbidden'
  | 'signing_session_not_found'
  | 'hold_not_found'
  | Extract<ReturnType<typeof parseStaffReason>, { ok: false }>['code'];
export type HoldResult = { ok: true; holdId: string } | { ok: false; code: HoldRefusal };

/** Stops the end of a session's keeping, whatever its date, until this hold is lifted. A session may have several. */
export function placeHold(
  ctx: UseCaseContext,
  staff: HoldingStaff,
  sessionId: string,
  typedReason: string,
): Promise<HoldResult> {
  return onLocked(ctx, staff, sessionId, typedReason, async (tx, session, reason) => {
    const holdId = newId(session.row.now);
    const reasonSealed = session.vault.sealJson('hold_reason', reason);
    await insertHold(tx, session.place, { id: holdId, placedBy: staff.userId, reasonSealed });
    await recordEvent(tx, session, { type: 'hold_placed', ...whoSaid(staff, reason), data: { hold: holdId } });
    return { ok: true, holdId };
  });
}

/** Lifts one hold; what is due by then is erased by the next run. */
export function liftHold(
  ctx: UseCaseContext,
  staff: HoldingStaff,
  { sessionId, holdId }: { sessionId: string; holdId: string },
  typedReason: string,
): Promise<HoldResult> {
  return onLocked(ctx, staff, sessionId, typedReason, async (tx, session, reason) => {
    if (!isUuid(holdId)) return { ok: false, code: 'hold_not_found' };
    const reasonSealed = session.vault.sealJson('hold_reason', reason);
    const isLifted = await markHoldLifted(tx, session.place, { id: holdId, liftedBy: staff.userId, reasonSealed });
    if (!isLifted) return { ok: false, code: 'hold_not_found' };
    await recordEvent(tx, session, { type: 'hold_lifted', ...whoSaid(staff, reason), data: { hold: holdId } });
    return { ok: true, holdId };
  });
}

/** Under the session's lock, which erasing takes too: a hold is placed before the end, or it finds nothing to hold. */
async function onLocked(
  ctx: UseCaseContext,
  { role, workspaceId }: HoldingStaff,
  sessionId: string,
  typedReason: string,
  work: (tx: Tx, session: OpenSession, reason: string) => Promise<HoldResult>,
): Promise<HoldResult> {
  if (!mayStaff(role, 'hold_session')) return { ok: false, code: 'forbidden' };
  const reason = parseStaffReason(typedReason);
  if (!reason.ok) return reason;
  if (!isUuid(sessionId)) return { ok: false, code: 'signing_session_not_found' };
  return ctx.db.transaction<HoldResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await lockSessionRow(tx, workspaceId, sessionId);
    return row ? work(tx, openSession(ctx, row), reason.value) : { ok: false, code: 'signing_session_not_found' };
  });
}

function whoSaid({ userId, request }: HoldingStaff, words: string) {
  return { actor: 'staff' as const, actorId: userId, words, ...(request && { request }) };
}
