import { createPublicKey, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { ReceivedWebhook } from './webhook-receiver.ts';

/** Whether a merchant's program that uses the library of Standard Webhooks believes a message under this secret. */
export const isGenuine = (secret: string) => (one: ReceivedWebhook) => {
  try {
    return new Webhook(secret).verify(one.body, one.headers) !== undefined;
  } catch {
    return false;
  }
};

/** Whether the message bears the `v1a` signature of this key (`whpk_…`), over id, time and body. */
export const isSignedBy = (publicKey: string) => (one: ReceivedWebhook) => {
  const {
    'webhook-id': id = '',
    'webhook-timestamp': timestamp = '',
    'webhook-signature': signatures = '',
  } = one.headers;
  const signature = /(?:^| )v1a,(\S+)/.exec(signatures)?.[1] ?? '';
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), one.body]);
  return verify(null, content, ed25519(publicKey), Buffer.from(signature, 'base64'));
};

/** In the form that Node takes (RFC 8410). */
function ed25519(publicKey: string) {
  const raw = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64');
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}
