import { findMemberships } from '#lib/db/staff-members.ts';
import type { StaffRole } from '#lib/domain/roles.ts';
import { requestFacts } from '#lib/http/peer.ts';
import { requestStore } from '#lib/http/request-store.ts';
import type { Program } from '#lib/program.ts';
import { absoluteLimitMs, idleLimitMs, staffAuth } from './staff-auth.ts';

export type SignedInStaff = {
  userId: string;
  name: string;
  email: string;
  workspaceId: string;
  role: StaffRole;
  request: ReturnType<typeof requestFacts>;
};

/** Writing down every click would cost more than it tells; a minute is fine enough for a limit of thirty. */
const seenEveryMs = 60_000;

/**
 * Who is signed in on this request, in the workspace of their membership; undefined when nobody is, when the session has ended by
 * its limits, or when the membership was taken away.
 */
export async function readStaff(program: Program): Promise<SignedInStaff | undefined> {
  const { cookie } = requestStore().headers;
  if (cookie === undefined) return undefined;
  const found = await heldSession(program, cookie);
  if (!found || !(await isWithinLimits(program, found.session))) return undefined;
  const [membership] = await findMemberships(program.db, found.user.id);
  if (!membership) return undefined;
  const { id: userId, name, email } = found.user;
  return { userId, name, email, workspaceId: membership.workspace_id, role: membership.role, request: requestFacts() };
}

/** better-auth hides what failed behind an error of its own; only the database can say whether it is the one that is away. */
async function heldSession(program: Program, cookie: string) {
  try {
    return await staffAuth(program).api.getSession({ headers: new Headers({ cookie }) });
  } catch (error) {
    await program.db.pool.query('SELECT 1');
    throw error;
  }
}

type Session = { id: string; createdAt: Date; updatedAt: Date };

async function isWithinLimits({ db }: Program, session: Session): Promise<boolean> {
  const at = Date.now();
  const idleMs = at - session.updatedAt.getTime();
  if (at - session.createdAt.getTime() > absoluteLimitMs || idleMs > idleLimitMs) {
    await db.pool.query('DELETE FROM staff_session WHERE id = $1', [session.id]);
    return false;
  }
  if (idleMs > seenEveryMs)
    await db.pool.query('UPDATE staff_session SET "updatedAt" = $2 WHERE id = $1', [session.id, new Date(at)]);
  return true;
}
