import type { Tx } from './database.ts';

export type AcceptanceRow = {
  accepted_at: Date;
  receipt_code: string;
  details_version: number;
  offer_id: string;
  browser_sha256: Buffer;
  record_sealed: Buffer;
  record_sha256: Buffer;
};

export type NewAcceptance = {
  workspaceId: string;
  sessionId: string;
  acceptedAt: Date;
  receiptCode: string;
  detailsVersion: number;
  offerId: string;
  browserSha256: Buffer;
  recordSealed: Buffer;
  recordSha256: Buffer;
};

const insert = {
  name: 'insert_acceptance',
  text: `INSERT INTO acceptances (session_id, workspace_id, accepted_at, receipt_code, details_version, offer_id, browser_sha256,
    record_sealed, record_sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};

export async function insertAcceptance(tx: Tx, a: NewAcceptance): Promise<void> {
  const values = [
    a.sessionId,
    a.workspaceId,
    a.acceptedAt,
    a.receiptCode,
    a.detailsVersion,
    a.offerId,
    a.browserSha256,
  ];
  await tx.rows(insert, [...values, a.recordSealed, a.recordSha256]);
}

const read = {
  name: 'read_acceptance',
  text: `SELECT accepted_at, receipt_code, details_version, offer_id, browser_sha256, record_sealed, record_sha256
    FROM acceptances WHERE workspace_id = $1 AND session_id = $2`,
};

export function readAcceptance(tx: Tx, workspaceId: string, sessionId: string): Promise<AcceptanceRow | undefined> {
  return tx.row<AcceptanceRow>(read, [workspaceId, sessionId]);
}
