/** Why an attempt at a merchant's receiver got no answer, as stable words that stand in rows; `lib/copy/webhook-outcome.ts` says each in a sentence. */
export const webhookFailures = [
  'address_not_allowed',
  'dns_failed',
  'timeout',
  'connection_refused',
  'connection_reset',
  'connection_failed',
  'certificate_invalid',
  'tls_failed',
  'reply_cut_short',
  'reply_malformed',
  'reply_headers_too_large',
  'secret_unreadable',
] as const;
export type WebhookFailure = (typeof webhookFailures)[number];
