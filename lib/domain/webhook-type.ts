/** What a merchant can be told of. Which event of a session is told as what, stands in the database (`webhook_type`), which tells it. */
export const webhookTypes = [
  'signing_session.created',
  'signing_session.started',
  'signing_session.completed',
  'signing_session.failed',
  'signing_session.expired',
  'signing_session.cancelled',
  'signing_session.disputed',
  'lender.signature_received',
  'lender.rejected',
  'lender.needs_attention',
  'evidence.final',
] as const;

/** Told to the one endpoint that is tried out, whatever it has chosen. */
export const testType = 'webhook.test';

/** Chosen alone: whatever there is, and whatever will be. */
export const everyType = '*';

export type ChosenType = (typeof webhookTypes)[number] | typeof everyType;
