import { randomBytes } from 'node:crypto';
import { insertApiKey } from '#lib/db/api-keys.ts';
import { parseReturnOrigin, type ReturnAddressRefusal } from '#lib/domain/return-address.ts';
import type { NewApiKeyInput } from '#lib/schema/new-api-key.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';
import { newId } from '#lib/usecases/new-id.ts';
import { sha256 } from '#lib/vault/keyring.ts';

export type CreateApiKeyResult =
  | {
      ok: true;
      apiKeyId: string;
      /** The key itself; it is nowhere else from now on. */
      apiKey: string;
      lastFour: string;
      /** In canonical form, each once. */
      returnOrigins: string[];
    }
  | { ok: false; code: 'return_origin_refused'; origin: string; reason: ReturnAddressRefusal };

const secretBytes = 32;

/** Makes an API key. Of the key only its SHA-256 and last four characters are kept; the prefix tells sandbox from production. */
export async function createApiKey(
  ctx: Pick<UseCaseContext, 'db' | 'isSandbox'>,
  workspaceId: string,
  input: NewApiKeyInput,
  at: Date,
): Promise<CreateApiKeyResult> {
  const returnOrigins = new Set<string>();
  for (const origin of input.returnOrigins) {
    const parsed = parseReturnOrigin(origin, ctx.isSandbox);
    if (!parsed.ok) return { ok: false, code: 'return_origin_refused', origin, reason: parsed.code };
    returnOrigins.add(parsed.value);
  }
  const apiKey = `${ctx.isSandbox ? 'test' : 'live'}_${randomBytes(secretBytes).toString('base64url')}`;
  const { name, scopes } = input;
  const kept = { workspaceId, name, scopes, keySha256: sha256(apiKey), returnOrigins: [...returnOrigins] };
  const made = { apiKeyId: newId(at), lastFour: apiKey.slice(-4) };
  await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
    insertApiKey(tx, { ...kept, id: made.apiKeyId, lastFour: made.lastFour }),
  );
  return { ok: true, apiKey, ...made, returnOrigins: kept.returnOrigins };
}
