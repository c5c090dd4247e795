import { z } from 'zod';
import { instant } from './session.ts';

/** A public key as libraries of Standard Webhooks take it. */
const webhookKeyView = z
  .strictObject({
    publicKey: z
      .string()
      .regex(/^whpk_[A-Za-z0-9+/]{43}=$/)
      .describe('whpk_ and the 32 bytes of an Ed25519 key in base64.'),
    createdAt: instant,
  })
  .meta({ id: 'WebhookKey' });

export const webhookKeyListView = z.strictObject({ items: z.array(webhookKeyView) }).meta({ id: 'WebhookKeyList' });
export type WebhookKeyListView = z.output<typeof webhookKeyListView>;
