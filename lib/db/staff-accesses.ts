import type { Tx } from './database.ts';

export type NewAccess = {
  workspaceId: string;
  sessionId: string;
  userId: string;
  what: 'session' | 'evidence';
  requestId: string;
};

const insert = {
  name: 'insert_staff_access',
  text: 'INSERT INTO staff_accesses (workspace_id, session_id, user_id, what, request_id) VALUES ($1, $2, $3, $4, $5)',
};

/** Written before anything is shown; when it cannot be written, nothing is (Decreto 8.771/2016, art. 13). */
export async function insertStaffAccess(tx: Tx, a: NewAccess): Promise<void> {
  await tx.rows(insert, [a.workspaceId, a.sessionId, a.userId, a.what, a.requestId]);
}
