import { type ApiKeyRow, listApiKeys as listRows } from '#lib/db/api-keys.ts';
import { type ApiKeyState, apiKeyState } from '#lib/domain/api-key-state.ts';
import type { ApiScope } from '#lib/domain/roles.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';
import { keyPrefix } from './new-secret.ts';

/** What is known of a key: enough to recognise it, not to use it. */
export type ApiKeyView = {
  apiKeyId: string;
  name: string;
  prefix: string;
  lastFour: string;
  state: ApiKeyState;
  scopes: ApiScope[];
  returnOrigins: string[];
  /** Empty means from anywhere. */
  allowedAddresses: string[];
  createdAt: Date;
  expiresAt?: Date;
  /** To the minute. */
  lastUsedAt?: Date;
  /** The first of the keys that this one follows. */
  firstKeyId?: string;
  revokedAt?: Date;
  revokeReason?: string;
};

/** The keys of a workspace, ended ones included, oldest first. */
export async function listApiKeys(
  ctx: Pick<UseCaseContext, 'db' | 'isSandbox'>,
  workspaceId: string,
): Promise<ApiKeyView[]> {
  const rows = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) => listRows(tx, workspaceId));
  return rows.map((row) => apiKeyView(row, ctx.isSandbox));
}

export function apiKeyView(row: ApiKeyRow, isSandbox: boolean): ApiKeyView {
  return {
    apiKeyId: row.id,
    name: row.name,
    prefix: keyPrefix(isSandbox),
    lastFour: row.last_four,
    state: apiKeyState({ isRevoked: row.revoked_at !== null, isExpired: row.is_expired }),
    scopes: row.scopes,
    returnOrigins: row.return_origins,
    allowedAddresses: row.allowed_addresses,
    createdAt: row.created_at,
    ...(row.expires_at && { expiresAt: row.expires_at }),
    ...(row.last_used_at && { lastUsedAt: row.last_used_at }),
    ...(row.first_key_id !== null && { firstKeyId: row.first_key_id }),
    ...(row.revoked_at && { revokedAt: row.revoked_at }),
    ...(row.revoke_reason !== null && { revokeReason: row.revoke_reason }),
  };
}
