import type { Tx } from './database.ts';

export type NewAttempt = {
  id: string;
  workspaceId: string;
  sessionId: string;
  kind: 'submit' | 'query';
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
    http_status, reply_sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
};

export async function insertAttempt(tx: Tx, a: NewAttempt): Promise<void> {
  const values = [a.id, a.sessionId, a.workspaceId, a.kind, a.fence, a.counted, a.startedAt, a.endedAt];
  await tx.rows(insert, [...values, a.outcome, a.reason, a.httpStatus, a.replySealed]);
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
};

const list = {
  name: 'list_delivery_attempts',
  text: `SELECT id, kind, counted, started_at, ended_at, outcome, reason, http_status, reply_sealed FROM delivery_attempts
    WHERE workspace_id = $1 AND session_id = $2 ORDER BY started_at, id`,
};

/** Every call made to the lender for a session, oldest first. */
export function listAttempts(tx: Tx, workspaceId: string, sessionId: string): Promise<AttemptRow[]> {
  return tx.rows<AttemptRow>(list, [workspaceId, sessionId]);
}
