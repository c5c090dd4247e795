import { type ApiKeyRow, endApiKeyAfter, insertApiKey, lockApiKeyGroup } from '#lib/db/api-keys.ts';
import { readClock } from '#lib/db/clock.ts';
import { apiKeyState, liveKeysMax } from '#lib/domain/api-key-state.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';
import { type KeyMaker, madeBy } from './create-api-key.ts';
import { newSecret } from './new-secret.ts';

export type RotateRefusal = 'api_key_not_found' | 'key_over' | 'rotation_running' | 'expiry_past' | 'already_made';

export type RotateApiKeyResult =
  | {
      ok: true;
      apiKeyId: string;
      /** The new key itself; it is nowhere else from now on. */
      apiKey: string;
      lastFour: string;
      name: string;
      expiresAt?: Date;
      /** When the old key ends. */
      oldEndsAt: Date;
    }
  | { ok: false; code: RotateRefusal };

/** `expiresAt` is that of the new key; without it the end of the old one stays. */
export type Rotation = { apiKeyId: string; overlapMs: number; expiresAt?: Date };

/**
 * Makes a second key with the rights of a live one, which goes on for the overlap and no longer. While both live there is no third: whoever
 * rotates again would end a key that somebody may just have put into use.
 */
export async function rotateApiKey(
  ctx: Pick<UseCaseContext, 'db' | 'isSandbox'>,
  workspaceId: string,
  rotation: Rotation,
  maker: KeyMaker,
): Promise<RotateApiKeyResult> {
  if (!isUuid(rotation.apiKeyId)) return { ok: false, code: 'api_key_not_found' };
  const { apiKeyId, createdBy } = madeBy(maker);
  return ctx.db.transaction<RotateApiKeyResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const group = await lockApiKeyGroup(tx, workspaceId, rotation.apiKeyId);
    const old = group.find(({ id }) => id === rotation.apiKeyId);
    if (!old) return { ok: false, code: 'api_key_not_found' };
    const refusal = refusalOf(group, old, apiKeyId);
    if (refusal) return { ok: false, code: refusal };
    const expiresAt = rotation.expiresAt ?? old.expires_at ?? undefined;
    if (expiresAt && expiresAt <= (await readClock(tx))) return { ok: false, code: 'expiry_past' };
    const { apiKey, keySha256, lastFour } = newSecret(ctx.isSandbox);
    const { name } = old;
    const key = {
      id: apiKeyId,
      ...{ workspaceId, name, keySha256, lastFour, expiresAt },
      ...rightsOf(old),
      firstKeyId: old.first_key_id ?? old.id,
      createdBy,
    };
    if (!(await insertApiKey(tx, key))) return { ok: false, code: 'already_made' };
    const oldEndsAt = await endApiKeyAfter(tx, workspaceId, old.id, rotation.overlapMs);
    return { ok: true, apiKeyId, apiKey, lastFour, name, ...(expiresAt && { expiresAt }), oldEndsAt };
  });
}

function refusalOf(group: readonly ApiKeyRow[], old: ApiKeyRow, apiKeyId: string): RotateRefusal | undefined {
  if (group.some(({ id }) => id === apiKeyId)) return 'already_made';
  if (!isLive(old)) return 'key_over';
  return group.filter(isLive).length < liveKeysMax ? undefined : 'rotation_running';
}

const isLive = ({ revoked_at, is_expired: isExpired }: ApiKeyRow): boolean =>
  apiKeyState({ isRevoked: revoked_at !== null, isExpired }) === 'live';

const rightsOf = ({ scopes, return_origins: returnOrigins, allowed_addresses: allowedAddresses }: ApiKeyRow) => ({
  scopes,
  returnOrigins,
  allowedAddresses,
});
