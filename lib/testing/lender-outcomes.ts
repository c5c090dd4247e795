import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import type { SandboxBehaviour } from '#lib/domain/sandbox-lender.ts';

/** What the table of `security-and-reliability` 8.2 promises for a row of the sandbox lender. */
export type LenderOutcome = {
  /** What the first send looks like to our client. */
  first: { class: string; reason: string };
  /** The words that the lender's record has for the sends, in order. */
  verdicts: readonly string[];
  /** The statuses on the way to the end. */
  way: readonly DeliveryStatus[];
  by: 'reply' | 'reconciliation' | null;
  /** Fewer than the sends where one attempt was signed twice. */
  attempts?: number;
};

const atOnce: LenderOutcome = {
  first: { class: 'delivered', reason: 'signature_received' },
  verdicts: ['accepted'],
  way: ['DELIVERED'],
  by: 'reply',
};

const byAsking = (reason: string): LenderOutcome => ({
  first: { class: 'ambiguous', reason },
  verdicts: ['accepted'],
  way: ['AMBIGUOUS', 'DELIVERED'],
  by: 'reconciliation',
});

const refused = (reason: string, verdict: string): LenderOutcome => ({
  first: { class: 'rejected', reason },
  verdicts: [verdict],
  way: ['REJECTED'],
  by: null,
});

const paused = (reason: string, verdict: string): LenderOutcome => ({
  first: { class: 'paused', reason },
  verdicts: [verdict],
  way: ['PAUSED'],
  by: null,
});

const secondSend = (reason: string, verdict: string, outcome = 'retry'): LenderOutcome => ({
  first: { class: outcome, reason },
  verdicts: [verdict, 'accepted'],
  way: ['RETRY_WAIT', 'DELIVERED'],
  by: 'reply',
});

/** Every row of the sandbox lender's table, and what must come of it. */
export const lenderOutcomes: Record<SandboxBehaviour, LenderOutcome> = {
  accepts: atOnce,
  accepts_and_tells_twice: atOnce,
  accepts_and_tells_late: atOnce,
  refuses_body: refused('status_400', 'refused_by_table'),
  refuses_underscore: refused('status_400', 'refused_by_table'),
  fails_twice: {
    first: { class: 'ambiguous', reason: 'status_500' },
    verdicts: ['server_error', 'server_error', 'accepted'],
    way: ['AMBIGUOUS', 'RETRY_WAIT', 'AMBIGUOUS', 'RETRY_WAIT', 'DELIVERED'],
    by: 'reply',
  },
  stores_then_resets: byAsking('connection_reset'),
  stores_then_stalls: byAsking('first_byte_timeout'),
  stores_then_names_another_debt: byAsking('reply_key_mismatch'),
  refuses_credential: paused('credential_refused', 'refused_by_table'),
  limits_once: secondSend('status_429', 'rate_limited'),
  stores_then_shows_a_page: byAsking('reply_not_json'),
  redirects: paused('redirected', 'redirects'),
  forbids: paused('status_403', 'forbids'),
  differs_in_clock_once: {
    first: { class: 'delivered', reason: 'signature_received' },
    verdicts: ['differs_in_clock_once', 'accepted'],
    way: ['DELIVERED'],
    by: 'reply',
    attempts: 1,
  },
  hides_debt_once: secondSend('status_404', 'hides_debt_once', 'debt_not_found'),
  hides_debt: {
    first: { class: 'debt_not_found', reason: 'status_404' },
    verdicts: ['hides_debt', 'hides_debt'],
    way: ['RETRY_WAIT', 'REJECTED'],
    by: null,
  },
  is_closed_until_a_date: {
    first: { class: 'ambiguous', reason: 'status_503' },
    verdicts: ['is_closed_until_a_date', 'accepted'],
    way: ['AMBIGUOUS', 'RETRY_WAIT', 'DELIVERED'],
    by: 'reply',
  },
  times_out_once: secondSend('status_408', 'times_out_once'),
  is_too_early_once: secondSend('status_425', 'is_too_early_once'),
  stores_then_502: byAsking('status_502'),
  stores_then_504: byAsking('status_504'),
  stores_then_201: byAsking('status_201'),
  stores_then_202: byAsking('status_202'),
  stores_then_204: byAsking('status_204'),
  stores_then_names_another_status: byAsking('reply_status_unexpected'),
  stores_then_names_no_debt: byAsking('reply_key_missing'),
  stores_then_cuts_short: byAsking('reply_cut_short'),
  stores_then_resets_after_200: byAsking('reply_cut_short'),
  stores_then_says_too_much: byAsking('reply_too_large'),
  stores_then_drips: byAsking('total_timeout'),
  stores_then_compresses: byAsking('reply_compressed'),
  stores_then_409: byAsking('status_409'),
  refuses_length: refused('status_413', 'refuses_length'),
  refuses_kind: refused('status_415', 'refuses_kind'),
  refuses_content: refused('status_422', 'refuses_content'),
  refuses_body_plainly: refused('status_400', 'refuses_body_plainly'),
  stores_then_says_signed: byAsking('already_signed'),
  cancels_meanwhile: {
    first: { class: 'ambiguous', reason: 'already_signed' },
    verdicts: ['cancels_meanwhile'],
    way: ['AMBIGUOUS', 'REJECTED'],
    by: null,
  },
};

/** Rows that keep the client waiting until its patience ends; tests give it little. */
export const waitingRows: readonly SandboxBehaviour[] = ['stores_then_stalls', 'stores_then_drips'];
