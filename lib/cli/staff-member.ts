import { listStaff } from '#lib/auth/staff-accounts.ts';
import { mayStaff, type StaffAct, type StaffRole } from '#lib/domain/roles.ts';
import type { Program } from '#lib/program.ts';
import { CommandFailure, exitCodes } from './command.ts';

/** The member of staff in whose name a command acts, known by e-mail; refused when their role does not allow the act. */
export async function staffMember(
  program: Program,
  workspace: { workspaceId: string; name: string },
  email: string | undefined,
  act: StaffAct,
): Promise<{ userId: string; workspaceId: string; role: StaffRole }> {
  if (email === undefined)
    throw new CommandFailure('Say who does this with --by <e-mail of a member of staff>.', exitCodes.usage);
  const { workspaceId, name } = workspace;
  const wanted = email.trim().toLowerCase();
  const member = (await listStaff(program, workspaceId)).find((row) => row.email === wanted && !row.disabled_at);
  if (!member) throw new CommandFailure(`${email} is no active member of ${JSON.stringify(name)}.`);
  if (!mayStaff(member.role, act))
    throw new CommandFailure(`${email} is ${member.role} in ${JSON.stringify(name)}, which does not allow this.`);
  return { userId: member.user_id, workspaceId, role: member.role };
}
