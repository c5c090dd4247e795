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

const read = {
  name: 'read_acceptance',
  text: `SELECT accepted_at, receipt_code, details_version, offer_id, browser_sha256, record_sealed, record_sha256
    FROM acceptances WHERE workspace_id = $1 AND session_id = $2`,
};

export function readAcceptance(tx: Tx, workspaceId: string, sessionId: string): Promise<AcceptanceRow | undefined> {
  return tx.row<AcceptanceRow>(read, [workspaceId, sessionId]);
}
