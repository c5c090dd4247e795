import { insertApiKey } from '#lib/db/api-keys.ts';
import { readClock } from '#lib/db/clock.ts';
import { parseAllowedAddress } from '#lib/domain/allowed-address.ts';
import { parseReturnOrigin, type ReturnAddressRefusal } from '#lib/domain/return-address.ts';
import type { NewApiKeyInput } from '#lib/schema/new-api-key.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';
import { newId } from '#lib/usecases/new-id.ts';
import { newSecret } from './new-secret.ts';

export type KeyRefusal =
  | { ok: false; code: 'return_origin_refused'; origin: string; reason: ReturnAddressRefusal }
  | { ok: false; code: 'address_refused'; address: string }
  | { ok: false; code: 'expiry_past' | 'already_made' };

export type CreateApiKeyResult =
  | {
      ok: true;
      apiKeyId: string;
      /** The key itself; it is nowhere else from now on. */
      apiKey: string;
      lastFour: string;
      /** In canonical form, each once. */
      returnOrigins: string[];
      allowedAddresses: string[];
    }
  | KeyRefusal;

/** Who makes a key: the command line at an instant, or staff by a form. The id is the form's, so that sending it twice makes one key. */
export type KeyMaker = Date | { apiKeyId: string; by: string };

/** Makes an API key. Of the key only its SHA-256 and last four characters are kept; the prefix tells sandbox from production. */
export async function createApiKey(
  ctx: Pick<UseCaseContext, 'db' | 'isSandbox'>,
  workspaceId: string,
  input: NewApiKeyInput,
  maker: KeyMaker,
): Promise<CreateApiKeyResult> {
  const places = readPlaces(input, ctx.isSandbox);
  if (!places.ok) return places;
  const { returnOrigins, allowedAddresses } = places;
  const { apiKey, keySha256, lastFour } = newSecret(ctx.isSandbox);
  const { apiKeyId, createdBy } = madeBy(maker);
  const { name, scopes, expiresAt } = input;
  return ctx.db.transaction<CreateApiKeyResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    if (expiresAt && expiresAt <= (await readClock(tx))) return { ok: false, code: 'expiry_past' };
    const secret = { keySha256, lastFour };
    const rights = { scopes, returnOrigins, allowedAddresses, expiresAt };
    const isNew = await insertApiKey(tx, { id: apiKeyId, workspaceId, name, ...secret, ...rights, createdBy });
    if (!isNew) return { ok: false, code: 'already_made' };
    return { ok: true, apiKey, apiKeyId, lastFour, returnOrigins, allowedAddresses };
  });
}

export function madeBy(maker: KeyMaker): { apiKeyId: string; createdBy?: string } {
  return maker instanceof Date ? { apiKeyId: newId(maker) } : { apiKeyId: maker.apiKeyId, createdBy: maker.by };
}

type Places = { ok: true; returnOrigins: string[]; allowedAddresses: string[] } | KeyRefusal;

/** Where the key may send people back to, and be used from: in canonical form, each once. */
function readPlaces({ returnOrigins, allowedAddresses = [] }: NewApiKeyInput, isSandbox: boolean): Places {
  const origins = new Set<string>();
  for (const origin of returnOrigins) {
    const parsed = parseReturnOrigin(origin, isSandbox);
    if (!parsed.ok) return { ok: false, code: 'return_origin_refused', origin, reason: parsed.code };
    origins.add(parsed.value);
  }
  const addresses = new Set<string>();
  for (const address of allowedAddresses) {
    const parsed = parseAllowedAddress(address);
    if (!parsed.ok) return { ok: false, code: 'address_refused', address };
    addresses.add(parsed.value);
  }
  return { ok: true, returnOrigins: [...origins], allowedAddresses: [...addresses] };
}
