import type { Tx } from './database.ts';

export type NewAccess = {
  workspaceId: string;
  sessionId: string;
  userId: string;
  what: 'session' | 'evidence' | 'export';
  requestId: string;
};

const insert = {
  name: 'insert_staff_access',
  text: 'INSERT INTO staff_accesses (workspace_id, session_id, user_id, what, request_id) VALUES ($1, $2, $3, $4, $5)',
};

/** Written before anything is shown; when it cannot be written, nothing is (Decreto 8.771/2016, art. 13). */
export async function insertStaffAccess(tx: Tx, access: NewAccess): Promise<void> {
  await tx.rows(insert, valuesOf(access));
}

const insertShown = {
  name: 'insert_shown_sessions',
  text: `INSERT INTO staff_accesses (workspace_id, session_id, user_id, what, request_id)
    SELECT $1, s.id, $2, 'session', $3 FROM signing_sessions s WHERE s.workspace_id = $1 AND s.id = ANY($4)`,
};

/** As `insertStaffAccess`, for what shows several sessions at once; an id that names none of this workspace is left out. */
export async function insertShownSessions(
  tx: Tx,
  { workspaceId, userId, requestId }: Omit<NewAccess, 'what' | 'sessionId'>,
  sessionIds: readonly string[],
): Promise<void> {
  await tx.rows(insertShown, [workspaceId, userId, requestId, sessionIds]);
}

const insertDossier = {
  name: 'insert_dossier_access',
  text: `INSERT INTO staff_accesses (workspace_id, session_id, user_id, what, request_id, reason_sealed) VALUES ($1, $2, $3, 'dossier', $4, $5)`,
};

/** Taking a dossier out, or the certificate that shows as much, with the reason that was given, sealed under field `access_reason`. */
export async function insertDossierAccess(
  tx: Tx,
  { workspaceId, sessionId, userId, requestId, reasonSealed }: Omit<NewAccess, 'what'> & { reasonSealed: Buffer },
): Promise<void> {
  await tx.rows(insertDossier, [workspaceId, sessionId, userId, requestId, reasonSealed]);
}

const insertUnlessFresh = {
  name: 'insert_staff_access_unless_fresh',
  text: `INSERT INTO staff_accesses (workspace_id, session_id, user_id, what, request_id) SELECT $1, $2, $3, $4, $5
    WHERE NOT EXISTS (SELECT FROM staff_accesses WHERE workspace_id = $1 AND session_id = $2 AND user_id = $3 AND what = $4
      AND occurred_at > aceite_now() - $6 * interval '1 minute')`,
};

/**
 * As `insertStaffAccess`, for a screen that stays open and renews itself: one entry stands for the minutes after it, because a line every
 * few seconds would bury those that matter.
 */
export async function insertStaffAccessUnlessFresh(tx: Tx, access: NewAccess, freshMinutes: number): Promise<void> {
  await tx.rows(insertUnlessFresh, [...valuesOf(access), freshMinutes]);
}

function valuesOf(access: NewAccess): unknown[] {
  return [access.workspaceId, access.sessionId, access.userId, access.what, access.requestId];
}

const givenReason = {
  name: 'has_given_reason',
  text: `SELECT EXISTS (SELECT FROM staff_accesses WHERE workspace_id = $1 AND session_id = $2 AND user_id = $3 AND what = 'dossier'
      AND occurred_at > aceite_now() - $4 * interval '1 minute') AS is_given`,
};

/** Whether this person has said within the last minutes why they need all of this session. */
export async function hasGivenReason(
  tx: Tx,
  { workspaceId, sessionId, userId }: Omit<NewAccess, 'what'>,
  minutes: number,
): Promise<boolean> {
  const row = await tx.row<{ is_given: boolean }>(givenReason, [workspaceId, sessionId, userId, minutes]);
  return row?.is_given === true;
}
