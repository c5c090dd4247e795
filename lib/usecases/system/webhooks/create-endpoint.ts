import { readClock } from '#lib/db/clock.ts';
import { countActiveEndpoints, insertEndpoint } from '#lib/db/webhook-endpoints.ts';
import { insertSigningKey, readSigningKey } from '#lib/db/webhook-signing-keys.ts';
import { parseWebhookUrl, type WebhookAddressRefusal } from '#lib/domain/webhook-address.ts';
import { endpointsMax } from '#lib/domain/webhook-limits.ts';
import type { ChosenType } from '#lib/domain/webhook-type.ts';
import type { NewWebhookInput } from '#lib/schema/new-webhook.ts';
import type { UseCaseContext } from '../../context.ts';
import { newId } from '../../new-id.ts';
import { newSecret, newSigningKey, secretName, shownPublicKey, signingKeyName } from './webhook-secrets.ts';

export type CreatedEndpoint = {
  endpointId: string;
  url: string;
  eventTypes: ChosenType[];
  /** The secret itself; it is nowhere else from now on but sealed. */
  secret: string;
  /** Of the workspace, for receivers that check `v1a`. */
  publicKey: string;
};

export type CreateEndpointResult =
  | ({ ok: true } & CreatedEndpoint)
  | { ok: false; code: WebhookAddressRefusal | 'too_many_endpoints' };

/** Makes an endpoint. Where its name leads is not looked at here but before every call: it may lead elsewhere by then. */
export function createEndpoint(
  { db, keys, isSandbox }: Pick<UseCaseContext, 'db' | 'keys' | 'isSandbox'>,
  workspaceId: string,
  { url: typed, eventTypes }: NewWebhookInput,
): Promise<CreateEndpointResult> {
  const parsed = parseWebhookUrl(typed, isSandbox);
  if (!parsed.ok) return Promise.resolve(parsed);
  const url = parsed.value;
  return db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    if ((await countActiveEndpoints(tx, workspaceId)) >= endpointsMax) return { ok: false, code: 'too_many_endpoints' };
    const endpointId = newId(await readClock(tx));
    const secret = newSecret();
    const secretSealed = keys.sealWebhookSecret(workspaceId, secretName(endpointId), secret.bytes);
    await insertEndpoint(tx, { id: endpointId, workspaceId, url, eventTypes, secretSealed });
    const { seed, publicKey } = newSigningKey();
    const seedSealed = keys.sealWebhookSecret(workspaceId, signingKeyName, seed);
    await insertSigningKey(tx, { workspaceId, publicKey, seedSealed });
    const kept = await readSigningKey(tx, workspaceId);
    if (!kept) throw new Error('a workspace has no signing key after it was made');
    return { ok: true, endpointId, url, eventTypes, secret: secret.shown, publicKey: shownPublicKey(kept.public_key) };
  });
}
