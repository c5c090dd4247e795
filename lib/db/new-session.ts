import type { Tx } from './database.ts';

/** What a new session writes, all in the creating transaction. */
export type NewSession = {
  id: string;
  workspaceId: string;
  apiKeyId: string;
  orderId: string;
  debtKey: string;
  language: string;
  expiresAt: Date;
  linkSha256: Buffer;
  returnUrl: string | null;
  signingDeadline: Date | null;
  finalDueDate: string | null;
  contractSha256: Buffer;
  contractBytes: number;
  contractLanguage: string | null;
  metadataSealed: Buffer | null;
  wrappingKeyId: string;
  wrappedKey: Buffer;
  textSealed: Buffer;
  factsSealed: Buffer;
  sha3: Buffer;
  displaySha256: Buffer;
  characterCount: number;
  detailsSealed: Buffer;
};

const lockDebt = {
  name: 'lock_debt',
  text: 'SELECT pg_advisory_xact_lock(hashtextextended($2, 0)), aceite_now() AS now, language FROM workspaces WHERE id = $1::uuid',
};

/** Lets one creation at a time, in whatever workspace, think about a debt; answers the database's clock and the workspace's language. */
export function lockDebtForCreation(
  tx: Tx,
  workspaceId: string,
  debtKey: string,
): Promise<{ now: Date; language: string } | undefined> {
  return tx.row<{ now: Date; language: string }>(lockDebt, [workspaceId, debtKey]);
}

const sessionsOfDebt = {
  name: 'sessions_of_debt',
  text: `SELECT id, status, expires_at <= aceite_now() AS is_expired FROM signing_sessions
    WHERE workspace_id = $1 AND debt_key = $2 AND status IN ('PENDING', 'IN_PROGRESS') FOR UPDATE`,
};

/** The open session of a debt, waiting for whoever is moving it right now. */
export function lockOpenSessionOfDebt(
  tx: Tx,
  workspaceId: string,
  debtKey: string,
): Promise<{ id: string; is_expired: boolean } | undefined> {
  return tx.row<{ id: string; is_expired: boolean }>(sessionsOfDebt, [workspaceId, debtKey]);
}

const signedDebt = {
  name: 'signed_session_of_debt',
  text: "SELECT session_id FROM deliveries WHERE workspace_id = $1 AND debt_key = $2 AND status <> 'REJECTED'",
};

/** The session in which the debt was signed, unless the lender rejected that signature. */
export async function findSignedSessionOfDebt(
  tx: Tx,
  workspaceId: string,
  debtKey: string,
): Promise<string | undefined> {
  return (await tx.row<{ session_id: string }>(signedDebt, [workspaceId, debtKey]))?.session_id;
}

const debtHolders = {
  name: 'find_debt_holders',
  text: 'SELECT workspace_id, is_signed FROM find_debt_holders($1)',
};

/** The workspaces in which the debt has an open session or a signature that stands; of another's no more than that may be told. */
export function findDebtHolders(tx: Tx, debtKey: string): Promise<{ workspace_id: string; is_signed: boolean }[]> {
  return tx.rows<{ workspace_id: string; is_signed: boolean }>(debtHolders, [debtKey]);
}

const insert = {
  name: 'insert_session',
  text: `
    WITH session AS (
      INSERT INTO signing_sessions (id, workspace_id, api_key_id, order_id, debt_key, provider, language, expires_at, link_sha256, return_url,
        signing_deadline, final_due_date, contract_sha256, contract_bytes, contract_language, metadata_sealed, merchant_legal_name, lender_legal_name)
      SELECT $1, w.id, $3, $4, $5, 'opt-in', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, w.merchant_legal_name, w.lender_legal_name
      FROM workspaces w WHERE w.id = $2 RETURNING id, workspace_id),
    key AS (INSERT INTO session_keys (session_id, workspace_id, wrapping_key_id, wrapped_key) SELECT id, workspace_id, $16, $17 FROM session),
    contract AS (INSERT INTO contracts (session_id, workspace_id, text_sealed, facts_sealed, sha3_256, display_sha256, character_count)
      SELECT id, workspace_id, $18, $19, $20, $21, $22 FROM session)
    INSERT INTO signer_details (session_id, version, workspace_id, set_by, details_sealed) SELECT id, 1, workspace_id, 'merchant', $23 FROM session`,
};

export async function insertSession(tx: Tx, s: NewSession): Promise<void> {
  await tx.rows(insert, [
    s.id,
    s.workspaceId,
    s.apiKeyId,
    s.orderId,
    s.debtKey,
    s.language,
    s.expiresAt,
    s.linkSha256,
    s.returnUrl,
    s.signingDeadline,
    s.finalDueDate,
    s.contractSha256,
    s.contractBytes,
    s.contractLanguage,
    s.metadataSealed,
    s.wrappingKeyId,
    s.wrappedKey,
    s.textSealed,
    s.factsSealed,
    s.sha3,
    s.displaySha256,
    s.characterCount,
    s.detailsSealed,
  ]);
}
