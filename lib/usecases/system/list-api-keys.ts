import { listApiKeys as listRows } from '#lib/db/api-keys.ts';
import type { ApiScope } from '#lib/domain/roles.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';

/** What is known of a key: enough to recognise it, not to use it. */
export type ApiKeyView = {
  apiKeyId: string;
  name: string;
  lastFour: string;
  scopes: ApiScope[];
  returnOrigins: string[];
  createdAt: Date;
  revokedAt?: Date;
};

/** The keys of a workspace, revoked ones included, oldest first. */
export async function listApiKeys(ctx: Pick<UseCaseContext, 'db'>, workspaceId: string): Promise<ApiKeyView[]> {
  const rows = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) => listRows(tx, workspaceId));
  return rows.map((row) => ({
    apiKeyId: row.id,
    name: row.name,
    lastFour: row.last_four,
    scopes: row.scopes,
    returnOrigins: row.return_origins,
    createdAt: row.created_at,
    ...(row.revoked_at && { revokedAt: row.revoked_at }),
  }));
}
