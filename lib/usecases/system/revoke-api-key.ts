import { revokeApiKey as revokeRow } from '#lib/db/api-keys.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';

/** Ends a key from the next call on. Repeating it keeps the first time; sessions made with the key stay. */
export async function revokeApiKey(
  ctx: Pick<UseCaseContext, 'db'>,
  workspaceId: string,
  apiKeyId: string,
  said: { by?: string; reason?: string } = {},
): Promise<{ ok: true } | { ok: false; code: 'api_key_not_found' }> {
  const isKnown = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
    revokeRow(tx, workspaceId, apiKeyId, said),
  );
  return isKnown ? { ok: true } : { ok: false, code: 'api_key_not_found' };
}
