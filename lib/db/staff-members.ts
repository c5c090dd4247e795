import type { StaffRole } from '#lib/domain/roles.ts';
import type { Database, Tx } from './database.ts';

const find = { name: 'find_staff_memberships', text: 'SELECT workspace_id, role FROM find_staff_memberships($1)' };

/** The workspaces that a person may enter, oldest membership first. */
export function findMemberships(db: Database, userId: string): Promise<{ workspace_id: string; role: StaffRole }[]> {
  return db.door(find, [userId]);
}

type Member = { userId: string; workspaceId: string; role: StaffRole };

const insert = {
  name: 'insert_staff_member',
  text: 'INSERT INTO staff_members (user_id, workspace_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING user_id',
};

/** Makes a person a member; false when they are or were one already, whatever their role. */
export async function insertMember(tx: Tx, member: Member): Promise<boolean> {
  return (await tx.row(insert, [member.userId, member.workspaceId, member.role])) !== undefined;
}

const enable = {
  name: 'enable_staff_member',
  text: `UPDATE staff_members SET disabled_at = NULL, role = $3
    WHERE user_id = $1 AND workspace_id = $2 AND disabled_at IS NOT NULL RETURNING user_id`,
};

/** Lets a disabled member in again, with the role given now; false when they are not disabled. */
export async function enableMember(tx: Tx, member: Member): Promise<boolean> {
  return (await tx.row(enable, [member.userId, member.workspaceId, member.role])) !== undefined;
}

export type MemberRow = {
  user_id: string;
  email: string;
  name: string;
  role: StaffRole;
  created_at: Date;
  disabled_at: Date | null;
};

const list = {
  name: 'list_staff_members',
  text: `SELECT m.user_id, u.email, u.name, m.role, m.created_at, m.disabled_at FROM staff_members m JOIN staff_user u ON u.id = m.user_id
    WHERE m.workspace_id = $1 ORDER BY m.created_at, u.email`,
};

export function listMembers(tx: Tx, workspaceId: string): Promise<MemberRow[]> {
  return tx.rows<MemberRow>(list, [workspaceId]);
}

const names = {
  name: 'name_staff_members',
  text: `SELECT m.user_id, u.name FROM staff_members m JOIN staff_user u ON u.id = m.user_id
    WHERE m.workspace_id = $1 AND m.user_id = ANY($2)`,
};

/** The names of those who are or were members, by id, so that a story can say who acted. */
export async function nameMembers(
  tx: Tx,
  workspaceId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.rows<{ user_id: string; name: string }>(names, [workspaceId, userIds]);
  return new Map(rows.map(({ user_id, name }) => [user_id, name]));
}

const disable = {
  name: 'disable_staff_member',
  text: `UPDATE staff_members m SET disabled_at = coalesce(m.disabled_at, aceite_now()) FROM staff_user u
    WHERE m.workspace_id = $1 AND u.id = m.user_id AND u.email = $2 RETURNING m.user_id`,
};

/** Takes a membership away; the id of the person, or undefined when the workspace has no member with this address. */
export async function disableMember(tx: Tx, workspaceId: string, email: string): Promise<string | undefined> {
  return (await tx.row<{ user_id: string }>(disable, [workspaceId, email]))?.user_id;
}
