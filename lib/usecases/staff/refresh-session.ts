import { insertStaffAccessUnlessFresh } from '#lib/db/staff-accesses.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import type { StaffSessionStory } from '#lib/schema/staff-session.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { findAnySession } from '../find-session.ts';
import { sessionStory } from './session-story.ts';

/** A page that stays open is looked at again and again; one entry in the list of accesses stands for this long. */
const accessFreshMinutes = 10;

export type StaffStoryResult =
  | { ok: true; story: StaffSessionStory }
  | { ok: false; code: 'forbidden' | 'signing_session_not_found' };

/** The story of a session for a page that is open already: neither contract nor evidence, which do not change under the reader. */
export async function refreshStaffSession(
  ctx: UseCaseContext,
  staff: StaffActor,
  sessionId: string,
): Promise<StaffStoryResult> {
  if (!mayStaff(staff.role, 'open_session')) return { ok: false, code: 'forbidden' };
  const { workspaceId, userId, request } = staff;
  return ctx.db.transaction<StaffStoryResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const session = await findAnySession(ctx, tx, workspaceId, sessionId);
    if (!session) return { ok: false, code: 'signing_session_not_found' };
    const access = { workspaceId, sessionId, userId, requestId: request.requestId, what: 'session' as const };
    await insertStaffAccessUnlessFresh(tx, access, accessFreshMinutes);
    return { ok: true, story: await sessionStory(tx, staff, session) };
  });
}
