const access = 'who may enter and what with; it says nothing of what a signer did';
const outbox = 'when the outbox goes on; what was called and answered stands in delivery_attempts and in the events';
const webhooks =
  'what merchants are told, and whether they heard it; a courtesy, while what happened stands in the events';
const ordering = 'the order in which rows are worked on or listed; nothing that is shown or proved hangs on it';

/**
 * What the audit need not find changed: whole tables, or single columns of a table that is evidence, each with the reason. Everything else
 * in the database is evidence, a new column too.
 */
export const notEvidence: Record<string, string | Record<string, string>> = {
  aceite_clock: 'the clock of sandbox and tests, which production does not have',
  schema_migrations: 'how the database came to its form; every migration checks it',
  workspaces: 'what the next session will be made with; every session keeps the names of its parties itself',
  api_keys: access,
  lender_credentials:
    'with which the next call to the lender is made; what was called and answered stands in delivery_attempts',
  webhook_endpoints: webhooks,
  webhook_signing_keys: webhooks,
  webhook_events: webhooks,
  webhook_deliveries: webhooks,
  webhook_attempts: webhooks,
  staff_user: access,
  staff_session: access,
  staff_account: access,
  staff_verification: access,
  staff_sign_in_failures: access,
  staff_members: access,
  staff_accesses: 'accountability of staff (class E6), not evidence of a signature; no event tells of a look',
  file_accesses: 'who took what out, and when (class E6), not evidence of a signature; no event tells of it',
  erasure_requests:
    "what people asked the operator and were answered; an erasure itself is told by its session's last event",
  idempotency_keys: 'answers that may be asked for again for a day',
  rate_limit_buckets: 'how much of its allowance a caller has used in the last minute',
  api_requests: 'what programs asked and were answered, for a week; what came of it stands in the sessions',
  drill_runs: 'what checking dossiers brought; the dossiers can be checked again',
  drill_failures: 'what checking dossiers brought; the dossiers can be checked again',
  backup_notes: 'when files were made of the database; what is in them the files themselves prove',
  drafts: 'what was typed and not sent; it goes when the session closes',
  retired_wrapping_keys: 'ids that must not come back',
  lender_notices:
    'what the lender said by itself; what came of it are events, and it is asked before anything is believed',
  lender_notice_work: 'what is still to be done about it, and what was',
  certificate_queue: 'certificates that are still to be made',
  lender_breakers: 'when the lender is given a rest; what was called and answered stands in delivery_attempts',
  log_refusals: 'that the signer refuses at this moment; what may be signed it knows from its own memory',
  log_stamp_queue: 'stamps that are still to come',
  log_stamp_turns: 'when an authority is asked again',
  certificates: {
    checkpoint_size: 'any checkpoint that covers the story proves it as well; the audit finds one that does not',
    stamped_by: 'whose stamps a final dossier shows: each proves by itself, and one that is left out is missed',
    cosigned_by: 'whose lines a final dossier shows: each proves by itself, and one that is left out is missed',
    made_at: ordering,
  },
  deliveries: {
    failures: outbox,
    first_attempt_at: outbox,
    next_attempt_at: outbox,
    lease_until: outbox,
    fence: outbox,
    was_ambiguous: outbox,
  },
  delivery_attempts: { fence: outbox },
  events: { position: ordering },
  log_queue: { queued_at: 'how long an event has waited, for figures; the event itself says when it happened' },
  log_entries: { appended_at: 'when the worker came to it; the checkpoint and its time stamps say what counts' },
  log_cosignatures: { made_at: 'the time that counts stands in the line itself' },
  log_statements: { id: ordering, made_at: ordering },
  log_stamp_rounds: { chosen_at: ordering },
  log_head: { is_the_only_row: 'always true' },
};
