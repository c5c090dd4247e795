import type { ApiScope } from '#lib/domain/roles.ts';
import type { Database, Tx } from './database.ts';

/** What a key may do, found by its hash before the workspace is known. */
export type KnownKey = { api_key_id: string; workspace_id: string; scopes: ApiScope[]; return_origins: string[] };

const find = {
  name: 'find_api_key',
  text: 'SELECT api_key_id, workspace_id, scopes, return_origins FROM find_api_key($1)',
};

/** The live key with this SHA-256, or undefined for an unknown or revoked one. */
export async function findApiKey(db: Database, keySha256: Buffer): Promise<KnownKey | undefined> {
  return (await db.door<KnownKey>(find, [keySha256]))[0];
}

export type NewApiKey = {
  id: string;
  workspaceId: string;
  name: string;
  keySha256: Buffer;
  lastFour: string;
  scopes: readonly ApiScope[];
  returnOrigins: readonly string[];
};

const insert = {
  name: 'insert_api_key',
  text: `INSERT INTO api_keys (id, workspace_id, name, key_sha256, last_four, scopes, return_origins) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
};

export async function insertApiKey(tx: Tx, k: NewApiKey): Promise<void> {
  await tx.rows(insert, [k.id, k.workspaceId, k.name, k.keySha256, k.lastFour, k.scopes, k.returnOrigins]);
}

export type ApiKeyRow = {
  id: string;
  name: string;
  last_four: string;
  scopes: ApiScope[];
  return_origins: string[];
  created_at: Date;
  revoked_at: Date | null;
};

const list = {
  name: 'list_api_keys',
  text: `SELECT id, name, last_four, scopes, return_origins, created_at, revoked_at FROM api_keys WHERE workspace_id = $1 ORDER BY created_at, id`,
};

export function listApiKeys(tx: Tx, workspaceId: string): Promise<ApiKeyRow[]> {
  return tx.rows<ApiKeyRow>(list, [workspaceId]);
}

const revoke = {
  name: 'revoke_api_key',
  text: 'UPDATE api_keys SET revoked_at = coalesce(revoked_at, aceite_now()) WHERE workspace_id = $1 AND id = $2 RETURNING id',
};

/** Ends a key; false when the workspace has none with this id. Revoking twice keeps the first time. */
export async function revokeApiKey(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  return (await tx.row(revoke, [workspaceId, id])) !== undefined;
}
