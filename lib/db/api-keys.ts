import type { ApiScope } from '#lib/domain/roles.ts';
import type { Database, Tx } from './database.ts';

/** What a key may do, found by its hash before the workspace is known. */
export type KnownKey = {
  api_key_id: string;
  workspace_id: string;
  scopes: ApiScope[];
  return_origins: string[];
  /** Empty means from anywhere. */
  allowed_addresses: string[];
  /** False when a use was written down within the last minute. */
  is_use_due: boolean;
};

const find = {
  name: 'find_api_key',
  text: 'SELECT api_key_id, workspace_id, scopes, return_origins, allowed_addresses, is_use_due FROM find_api_key($1)',
};

/** The live key with this SHA-256, or undefined for one that is unknown, revoked or past its end. */
export async function findApiKey(db: Database, keySha256: Buffer): Promise<KnownKey | undefined> {
  return (await db.door<KnownKey>(find, [keySha256]))[0];
}

const noteUse = { name: 'note_api_key_use', text: 'SELECT note_api_key_use($1)' };

/** Writes down that a key was used. Of many calls within a minute one writes. */
export async function noteApiKeyUse(db: Database, apiKeyId: string): Promise<void> {
  await db.door(noteUse, [apiKeyId]);
}

export type NewApiKey = {
  id: string;
  workspaceId: string;
  name: string;
  keySha256: Buffer;
  lastFour: string;
  scopes: readonly ApiScope[];
  returnOrigins: readonly string[];
  allowedAddresses: readonly string[];
  expiresAt?: Date | undefined;
  /** The first of the keys that this one follows. */
  firstKeyId?: string | undefined;
  createdBy?: string | undefined;
};

const insert = {
  name: 'insert_api_key',
  text: `INSERT INTO api_keys (id, workspace_id, name, key_sha256, last_four, scopes, return_origins, allowed_addresses, expires_at,
      first_key_id, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (id) DO NOTHING RETURNING id`,
};

/** False when there is a key with this id already. */
export async function insertApiKey(tx: Tx, k: NewApiKey): Promise<boolean> {
  const rights = [k.scopes, k.returnOrigins, k.allowedAddresses, k.expiresAt ?? null];
  const origin = [k.firstKeyId ?? null, k.createdBy ?? null];
  const values = [k.id, k.workspaceId, k.name, k.keySha256, k.lastFour, ...rights, ...origin];
  return (await tx.row(insert, values)) !== undefined;
}

export type ApiKeyRow = {
  id: string;
  name: string;
  last_four: string;
  scopes: ApiScope[];
  return_origins: string[];
  allowed_addresses: string[];
  created_at: Date;
  expires_at: Date | null;
  is_expired: boolean;
  last_used_at: Date | null;
  first_key_id: string | null;
  revoked_at: Date | null;
  revoke_reason: string | null;
};

const columns = `id, name, last_four, scopes, return_origins, allowed_addresses, created_at, expires_at,
  expires_at IS NOT NULL AND expires_at <= aceite_now() AS is_expired, last_used_at, first_key_id, revoked_at, revoke_reason`;

const list = {
  name: 'list_api_keys',
  text: `SELECT ${columns} FROM api_keys WHERE workspace_id = $1 ORDER BY created_at, id`,
};

export function listApiKeys(tx: Tx, workspaceId: string): Promise<ApiKeyRow[]> {
  return tx.rows<ApiKeyRow>(list, [workspaceId]);
}

const lockFirst = {
  name: 'lock_first_api_key',
  text: `SELECT f.id FROM api_keys f WHERE f.workspace_id = $1
    AND f.id = (SELECT coalesce(k.first_key_id, k.id) FROM api_keys k WHERE k.workspace_id = $1 AND k.id = $2) FOR NO KEY UPDATE`,
};

const listGroup = {
  name: 'list_api_key_group',
  text: `SELECT ${columns} FROM api_keys WHERE workspace_id = $1 AND $2 IN (id, first_key_id) ORDER BY created_at, id`,
};

/** The keys that have followed each other and one of which has this id, oldest first; nobody else rotates them until the commit. */
export async function lockApiKeyGroup(tx: Tx, workspaceId: string, id: string): Promise<ApiKeyRow[]> {
  const first = await tx.row<{ id: string }>(lockFirst, [workspaceId, id]);
  return first ? tx.rows<ApiKeyRow>(listGroup, [workspaceId, first.id]) : [];
}

const endAfter = {
  name: 'end_api_key_after',
  text: `UPDATE api_keys SET expires_at = least(expires_at, aceite_now() + $3 * interval '1 millisecond')
    WHERE workspace_id = $1 AND id = $2 RETURNING expires_at`,
};

/** Lets a key end after so long, or at its own date where that is sooner; answers when. */
export async function endApiKeyAfter(tx: Tx, workspaceId: string, id: string, milliseconds: number): Promise<Date> {
  const row = await tx.row<{ expires_at: Date }>(endAfter, [workspaceId, id, milliseconds]);
  if (!row) throw new Error('the key that was to end is not there');
  return row.expires_at;
}

const revoke = {
  name: 'revoke_api_key',
  text: `UPDATE api_keys SET revoked_at = aceite_now(), revoked_by = $3, revoke_reason = $4
    WHERE workspace_id = $1 AND id = $2 AND revoked_at IS NULL`,
};

const exists = { name: 'api_key_exists', text: 'SELECT id FROM api_keys WHERE workspace_id = $1 AND id = $2' };

/** Ends a key; false when the workspace has none with this id. Revoking twice keeps the first time, and what was said then. */
export async function revokeApiKey(
  tx: Tx,
  workspaceId: string,
  id: string,
  said: { by?: string; reason?: string } = {},
): Promise<boolean> {
  await tx.rows(revoke, [workspaceId, id, said.by ?? null, said.reason ?? null]);
  return (await tx.row(exists, [workspaceId, id])) !== undefined;
}
