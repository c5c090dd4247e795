import type { StaffRole } from '#lib/domain/roles.ts';
import type { Database, Tx } from './database.ts';

const find = { name: 'find_staff_memberships', text: 'SELECT workspace_id, role FROM find_staff_memberships($1)' };

/** The workspaces that a person may enter, oldest membership first. */
export function findMemberships(db: Database, userId: string): Promise<{ workspace_id: string; role: StaffRole }[]> {
  return db.door(find, [userId]);
}

const insert = {
  name: 'insert_staff_member',
  text: 'INSERT INTO staff_members (user_id, workspace_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING user_id',
};

/** Makes a person a member; false when they are one already, whatever their role. */
export async function insertMember(
  tx: Tx,
  member: { userId: string; workspaceId: string; role: StaffRole },
): Promise<boolean> {
  return (await tx.row(insert, [member.userId, member.workspaceId, member.role])) !== undefined;
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

const disable = {
  name: 'disable_staff_member',
  text: `UPDATE staff_members m SET disabled_at = coalesce(m.disabled_at, aceite_now()) FROM staff_user u
    WHERE m.workspace_id = $1 AND u.id = m.user_id AND u.email = $2 RETURNING m.user_id`,
};

/** Takes a membership away; the id of the person, or undefined when the workspace has no member with this address. */
export async function disableMember(tx: Tx, workspaceId: string, email: string): Promise<string | undefined> {
  return (await tx.row<{ user_id: string }>(disable, [workspaceId, email]))?.user_id;
}
