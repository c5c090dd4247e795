import type { testType, webhookTypes } from '#lib/domain/webhook-type.ts';

type WebhookType = (typeof webhookTypes)[number] | typeof testType;

const tellings: Record<WebhookType, string> = {
  'signing_session.created': 'A session is there; its link works.',
  'signing_session.started': 'The signer has begun: IN_PROGRESS.',
  'signing_session.completed': 'The signer has accepted and it is durable here: COMPLETED.',
  'signing_session.failed': 'The signer declined: FAILED.',
  'signing_session.expired': 'Its time ran out: EXPIRED.',
  'signing_session.cancelled': 'You, staff or the lender cancelled it: CANCELLED.',
  'signing_session.disputed': 'The signer said something against it after signing.',
  'lender.signature_received': 'The lender has the signature: DELIVERED.',
  'lender.rejected': 'The lender refused it: REJECTED.',
  'lender.needs_attention': 'It has not arrived after three days and a person has to look: NEEDS_ATTENTION.',
  'evidence.final': 'The proof is whole: dossier and certificate change no more, unless the lender changes its answer.',
  'webhook.test': 'You asked for a test. It goes to that one endpoint.',
};

/** Every type of message with what it tells, in the order of a session's life. */
export const webhookEvents = Object.entries(tellings).map(([type, tells]) => ({ type, tells }));
