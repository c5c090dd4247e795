import type { WrappedKey } from '#lib/vault/session-vault.ts';
import type { Database, Tx } from './database.ts';

export type CredentialRow = {
  version: string;
  changed_at: Date;
  wrapping_key_id: string;
  wrapped_key: Buffer;
  settings_sealed: Buffer;
};

const read = {
  name: 'read_lender_credential',
  text: `SELECT version, changed_at, wrapping_key_id, wrapped_key, settings_sealed FROM lender_credentials WHERE workspace_id = $1`,
};

/** The workspace's own settings for the lender; undefined when it uses the installation's. */
export function readCredential(tx: Tx, workspaceId: string): Promise<CredentialRow | undefined> {
  return tx.row<CredentialRow>(read, [workspaceId]);
}

const write = {
  name: 'write_lender_credential',
  text: `INSERT INTO lender_credentials (workspace_id, integration_mark, wrapping_key_id, wrapped_key, settings_sealed, host)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (workspace_id) DO UPDATE SET version = gen_random_uuid(), changed_at = aceite_now(), integration_mark = excluded.integration_mark,
      wrapping_key_id = excluded.wrapping_key_id, wrapped_key = excluded.wrapped_key, settings_sealed = excluded.settings_sealed, host = excluded.host`,
};

export async function writeCredential(
  tx: Tx,
  workspaceId: string,
  { mark, wrapped, sealed, host }: { mark: Buffer; wrapped: WrappedKey; sealed: Buffer; host: string },
): Promise<void> {
  await tx.rows(write, [workspaceId, mark, wrapped.wrappingKeyId, wrapped.wrappedKey, sealed, host]);
}

const remove = {
  name: 'remove_lender_credential',
  text: 'DELETE FROM lender_credentials WHERE workspace_id = $1 RETURNING workspace_id',
};

/** False when there was none. */
export async function removeCredential(tx: Tx, workspaceId: string): Promise<boolean> {
  return (await tx.row(remove, [workspaceId])) !== undefined;
}

const find = { name: 'find_lender_credentials', text: 'SELECT workspace_id FROM find_lender_credentials($1)' };

/** The workspaces whose integration key has this mark. */
export async function findCredentials(db: Database, mark: Buffer): Promise<string[]> {
  return (await db.door<{ workspace_id: string }>(find, [mark])).map((row) => row.workspace_id);
}

const lockOld = {
  name: 'lock_lender_credential_key',
  text: `SELECT wrapping_key_id, wrapped_key FROM lender_credentials WHERE workspace_id = $1 AND wrapping_key_id <> $2 FOR UPDATE`,
};

/** The wrapped key, held, when another wrapping key than this one wraps it. */
export function lockCredentialKey(
  tx: Tx,
  workspaceId: string,
  currentWrappingKeyId: string,
): Promise<Pick<CredentialRow, 'wrapping_key_id' | 'wrapped_key'> | undefined> {
  return tx.row(lockOld, [workspaceId, currentWrappingKeyId]);
}

const rewrap = {
  name: 'rewrap_lender_credential',
  text: 'UPDATE lender_credentials SET wrapping_key_id = $2, wrapped_key = $3 WHERE workspace_id = $1',
};

export async function replaceCredentialKey(tx: Tx, workspaceId: string, wrapped: WrappedKey): Promise<void> {
  await tx.rows(rewrap, [workspaceId, wrapped.wrappingKeyId, wrapped.wrappedKey]);
}

const lockClaimed = {
  name: 'lock_claimed_deliveries',
  text: 'SELECT session_id FROM deliveries WHERE workspace_id = $1 AND lease_until IS NOT NULL FOR UPDATE',
};

const release = {
  name: 'release_paused_of_workspace',
  text: `UPDATE deliveries SET status = 'QUEUED', next_attempt_at = aceite_now(), first_attempt_at = NULL, failures = 0
    WHERE workspace_id = $1 AND status = 'PAUSED' RETURNING session_id`,
};

/**
 * Queues all paused deliveries of a workspace again; answers how many. Whoever is about to write a pause at this moment is waited for, and
 * whoever comes later sees that the settings have changed.
 */
export async function releasePausedOf(tx: Tx, workspaceId: string): Promise<number> {
  await tx.rows(lockClaimed, [workspaceId]);
  return (await tx.rows(release, [workspaceId])).length;
}
