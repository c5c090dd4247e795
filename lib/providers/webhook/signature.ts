import { createHmac } from 'node:crypto';
import type { WebhookMessage } from '#lib/providers/webhook.ts';

/**
 * The headers of Standard Webhooks 1.0.0: what is signed is `id.timestamp.body`, by HMAC-SHA256 under each secret (`v1`) and by the
 * workspace's Ed25519 key (`v1a`). All signatures stand in one header; a receiver takes the one it knows.
 */
export function signedHeaders(message: Omit<WebhookMessage, 'url'>, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const content = Buffer.concat([Buffer.from(`${message.id}.${timestamp}.`), message.body]);
  const shared = message.secrets.map((secret) => `v1,${createHmac('sha256', secret).update(content).digest('base64')}`);
  const own = `v1a,${Buffer.from(message.sign(content)).toString('base64')}`;
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': [...shared, own].join(' '),
  };
}
