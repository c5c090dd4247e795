/** Every type of message with what it tells, in the order of a session's life. */
export const webhookEvents: readonly { type: string; tells: string }[] = [
  { type: 'signing_session.created', tells: 'A session is there; its link works.' },
  { type: 'signing_session.started', tells: 'The signer has begun: IN_PROGRESS.' },
  { type: 'signing_session.completed', tells: 'The signer has accepted and it is durable here: COMPLETED.' },
  { type: 'signing_session.failed', tells: 'The signer declined: FAILED.' },
  { type: 'signing_session.expired', tells: 'Its time ran out: EXPIRED.' },
  { type: 'signing_session.cancelled', tells: 'You or staff cancelled it: CANCELLED.' },
  { type: 'signing_session.disputed', tells: 'The signer said something against it after signing.' },
  { type: 'lender.signature_received', tells: 'The lender has the signature: DELIVERED.' },
  { type: 'lender.rejected', tells: 'The lender refused it: REJECTED.' },
  { type: 'lender.needs_attention', tells: 'It did not arrive and a person has to look: NEEDS_ATTENTION.' },
  { type: 'evidence.final', tells: 'The proof is whole: dossier and certificate change no more.' },
  { type: 'webhook.test', tells: 'You asked for a test. It goes to that one endpoint.' },
];
