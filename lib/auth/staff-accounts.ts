import { disableMember, enableMember, insertMember, listMembers, type MemberRow } from '#lib/db/staff-members.ts';
import type { StaffRole } from '#lib/domain/roles.ts';
import type { Program } from '#lib/program.ts';
import { passwordCharactersMin, staffAuth } from './staff-auth.ts';

export type NewStaff = { email: string; name: string; password: string; workspaceId: string; role: StaffRole };
export type CreateStaffResult =
  | { ok: true; userId: string; isNewAccount: boolean }
  | { ok: false; code: 'password_too_short' | 'already_a_member' };

/**
 * Makes a member of staff: the account when there is none with this address (its password stays as it is when there is), and the
 * membership of the workspace. Whoever was disabled may enter again, in the role given now.
 */
export async function createStaff(program: Program, staff: NewStaff): Promise<CreateStaffResult> {
  if (staff.password.length < passwordCharactersMin) return { ok: false, code: 'password_too_short' };
  const { userId, isNewAccount } = await ensureAccount(program, staff);
  const { workspaceId, role } = staff;
  const member = { userId, workspaceId, role };
  const isNew = await program.db.transaction(
    { role: 'aceite_app', workspaceId },
    async (tx) => (await insertMember(tx, member)) || (await enableMember(tx, member)),
  );
  return isNew ? { ok: true, userId, isNewAccount } : { ok: false, code: 'already_a_member' };
}

/** Makes account and membership where they are missing; those that exist are left as they are, a disabled one too. */
export async function ensureStaff(program: Program, staff: NewStaff): Promise<void> {
  const { userId } = await ensureAccount(program, staff);
  const { workspaceId, role } = staff;
  await program.db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
    insertMember(tx, { userId, workspaceId, role }),
  );
}

/** Everybody who may or might enter a workspace. */
export function listStaff({ db }: Program, workspaceId: string): Promise<MemberRow[]> {
  return db.transaction({ role: 'aceite_app', workspaceId }, (tx) => listMembers(tx, workspaceId));
}

/** Ends a membership and every session of the person at once; false when there is no such member. */
export async function disableStaff({ db }: Program, workspaceId: string, email: string): Promise<boolean> {
  const userId = await db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
    disableMember(tx, workspaceId, normal(email)),
  );
  if (userId === undefined) return false;
  await db.pool.query('DELETE FROM staff_session WHERE "userId" = $1', [userId]);
  return true;
}

async function ensureAccount(
  program: Program,
  { email, name, password }: NewStaff,
): Promise<{ userId: string; isNewAccount: boolean }> {
  const { internalAdapter, password: hasher } = await staffAuth(program).$context;
  const find = async () => (await internalAdapter.findUserByEmail(normal(email)))?.user.id;
  const known = await find();
  if (known !== undefined) return { userId: known, isNewAccount: false };
  const user = await internalAdapter
    .createUser({ email: normal(email), name, emailVerified: true }, { method: 'email-password' })
    .catch(async (error: unknown) => {
      // Another process may have made the same account at the same moment.
      const theirs = await find();
      if (theirs === undefined) throw error;
      return theirs;
    });
  if (typeof user === 'string') return { userId: user, isNewAccount: false };
  const hash = await hasher.hash(password);
  await internalAdapter.linkAccount({ userId: user.id, providerId: 'credential', accountId: user.id, password: hash });
  return { userId: user.id, isNewAccount: true };
}

function normal(email: string): string {
  return email.trim().toLowerCase();
}
