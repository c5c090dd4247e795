import type { Tx } from './database.ts';

export type AskedBy = 'data_subject' | 'representative' | 'authority' | 'merchant';

export type NewErasureRequest = {
  id: string;
  workspaceId: string;
  /** The blind index of the document whose person it is about. */
  subjectDigest: Buffer;
  askedBy: AskedBy;
  recordedBy: string;
  reference?: string | undefined;
};

const insert = {
  name: 'insert_erasure_request',
  text: `INSERT INTO erasure_requests (id, workspace_id, subject_digest, asked_by, recorded_by, reference, asked_at, due_at)
    SELECT $1, $2, $3, $4, $5, $6, t.now, t.now + $7 * interval '24 hours' FROM (SELECT aceite_now() AS now) t RETURNING due_at`,
};

/** Records a request; answers the instant by which it must be answered. */
export async function insertErasureRequest(tx: Tx, r: NewErasureRequest, daysToAnswer: number): Promise<Date> {
  const values = [r.id, r.workspaceId, r.subjectDigest, r.askedBy, r.recordedBy, r.reference ?? null, daysToAnswer];
  const row = await tx.row<{ due_at: Date }>(insert, values);
  if (!row) throw new Error('a request for erasure was not recorded');
  return row.due_at;
}

export type ErasureRequestRow = {
  id: string;
  subject_digest: Buffer;
  asked_by: AskedBy;
  recorded_by: string;
  reference: string | null;
  asked_at: Date;
  due_at: Date;
  answer: unknown;
  answered_at: Date | null;
};

const columns = 'id, subject_digest, asked_by, recorded_by, reference, asked_at, due_at, answer, answered_at';

const read = {
  name: 'read_erasure_request',
  text: `SELECT ${columns} FROM erasure_requests WHERE workspace_id = $1 AND id = $2`,
};

export function readErasureRequest(tx: Tx, workspaceId: string, id: string): Promise<ErasureRequestRow | undefined> {
  return tx.row<ErasureRequestRow>(read, [workspaceId, id]);
}

const listUnanswered = {
  name: 'list_unanswered_erasure_requests',
  text: `SELECT ${columns} FROM erasure_requests WHERE workspace_id = $1 AND answer IS NULL ORDER BY due_at, id`,
};

/** Those that wait for their answer, the most urgent first. */
export function listUnansweredRequests(tx: Tx, workspaceId: string): Promise<ErasureRequestRow[]> {
  return tx.rows<ErasureRequestRow>(listUnanswered, [workspaceId]);
}

const listOfSubject = {
  name: 'list_erasure_requests_of_subject',
  text: `SELECT ${columns} FROM erasure_requests WHERE workspace_id = $1 AND subject_digest = $2 ORDER BY asked_at, id`,
};

export function listRequestsOfSubject(tx: Tx, workspaceId: string, digest: Buffer): Promise<ErasureRequestRow[]> {
  return tx.rows<ErasureRequestRow>(listOfSubject, [workspaceId, digest]);
}

const answer = {
  name: 'answer_erasure_request',
  text: `UPDATE erasure_requests SET answer = $3, answered_at = aceite_now() WHERE workspace_id = $1 AND id = $2 AND answer IS NULL`,
};

/** Keeps the answer, once; a second one changes nothing. */
export async function keepAnswer(tx: Tx, workspaceId: string, id: string, given: unknown): Promise<void> {
  await tx.rows(answer, [workspaceId, id, given]);
}

const sessionsOf = {
  name: 'sessions_of_subject',
  text: `SELECT s.id FROM blind_indexes b JOIN signing_sessions s ON s.id = b.session_id AND s.workspace_id = b.workspace_id
    WHERE b.workspace_id = $1 AND b.field = 'identity' AND b.digest = $2 ORDER BY s.created_at, s.id`,
};

/** Every session that holds something under this document, oldest first. */
export async function sessionsOfSubject(tx: Tx, workspaceId: string, digest: Buffer): Promise<string[]> {
  return (await tx.rows<{ id: string }>(sessionsOf, [workspaceId, digest])).map(({ id }) => id);
}
