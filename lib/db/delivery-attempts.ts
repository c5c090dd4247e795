import type { Tx } from './database.ts';

export type NewAttempt = {
  id: string;
  workspaceId: string;
  sessionId: string;
  kind: 'submit' | 'query';
  /** Of the bytes that went out; a question has none. */
  bodySha256: Buffer | null;
  fence: string;
  counted: boolean;
  startedAt: Date;
  endedAt: Date;
  outcome: string;
  reason: string;
  httpStatus: number | null;
  replySealed: Buffer | null;
};

const insert = {
  name: 'insert_delivery_attempt',
  text: `INSERT INTO delivery_attempts (id, session_id, workspace_id, kind, fence, counted, started_at, ended_at, outcome, reason,
    http_status, reply_sealed, body_sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
};

export async function insertAttempt(tx: Tx, a: NewAttempt): Promise<void> {
  const values = [a.id, a.sessionId, a.workspaceId, a.kind, a.fence, a.counted, a.startedAt, a.endedAt];
  await tx.rows(insert, [...values, a.outcome, a.reason, a.httpStatus, a.replySealed, a.bodySha256]);
}

export type AttemptRow = {
  id: string;
  kind: NewAttempt['kind'];
  counted: boolean;
  started_at: Date;
  ended_at: Date;
  outcome: string;
  reason: string;
  http_status: number | null;
  reply_sealed: Buffer | null;
  /** Of the bytes that went out; null for a question, and for what was sent before attempts kept it. */
  body_sha256: Buffer | null;
};

const list = {
  name: 'list_delivery_attempts',
  text: `SELECT id, kind, counted, started_at, ended_at, outcome, reason, http_status, reply_sealed, body_sha256 FROM delivery_attempts
    WHERE workspace_id = $1 AND session_id = $2 ORDER BY started_at, id`,
};

/** Every call made to the lender for a session, oldest first. */
export function listAttempts(tx: Tx, workspaceId: string, sessionId: string): Promise<AttemptRow[]> {
  return tx.rows<AttemptRow>(list, [workspaceId, sessionId]);
}
