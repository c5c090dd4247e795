import { readSigningKey } from '#lib/db/webhook-signing-keys.ts';
import type { WebhookKeyListView } from '#lib/schema/webhook-key.ts';
import type { MerchantActor, UseCaseContext } from '../context.ts';
import { shownPublicKey } from '../system/webhooks/webhook-secrets.ts';

/** The public keys by which the merchant's receivers check the v1a signature of a webhook; none before there was an endpoint. */
export async function readWebhookKeys(ctx: UseCaseContext, merchant: MerchantActor): Promise<WebhookKeyListView> {
  const { workspaceId } = merchant;
  const key = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) => readSigningKey(tx, workspaceId));
  if (!key) return { items: [] };
  return { items: [{ publicKey: shownPublicKey(key.public_key), createdAt: key.created_at.toISOString() }] };
}
