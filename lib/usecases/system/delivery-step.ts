import type { DeliveryRow } from '../../db/deliveries.ts';
import type { DeliveryStatus } from '../../domain/delivery-state.ts';
import {
  delayBeforeAttemptMs,
  delayHonouringMs,
  delayOnceExhaustedMs,
  isScheduleExhausted,
  reconcileResendDelayMs,
} from '../../domain/retry-schedule.ts';
import type { QueryOutcome, SubmitOutcome } from '../../providers/lender.ts';

/** Where a delivery goes next and when; the words of the lender are added by the caller. */
export type Step = {
  status: DeliveryStatus;
  reason: string;
  failures: number;
  wasAmbiguous: boolean;
  nextAttemptInMs: number | null;
  deliveredBy: 'reply' | 'reconciliation' | null;
};

type Standing = Pick<DeliveryRow, 'failures' | 'reason' | 'was_ambiguous' | 'first_attempt_at' | 'now'>;

/** After a submission: the outcome table of `security-and-reliability` 8.2. `jitter` is random, from 0 to 1. */
export function stepAfterSubmit(row: Standing, outcome: SubmitOutcome, jitter: number): Step {
  const { reason } = outcome;
  switch (outcome.class) {
    case 'delivered':
      return ending(row, 'DELIVERED', reason, 'reply');
    case 'rejected':
      return ending(row, 'REJECTED', reason);
    case 'paused':
      // A wrong credential is nobody's failed attempt: the schedule stands still until a person has acted.
      return ending(row, 'PAUSED', reason);
    case 'debt_not_found':
      // Perhaps not visible yet: once more after a minute, then it is an answer.
      if (row.reason === reason) return ending(row, 'REJECTED', reason);
      return waiting(row, 'RETRY_WAIT', reason, reconcileResendDelayMs, jitter);
    case 'retry':
      return waiting(row, 'RETRY_WAIT', reason, delayHonouringMs(scheduled(row, jitter), outcome.retryAfterMs), jitter);
    case 'ambiguous':
      // Ask at once; only the question's answer decides about sending again.
      return { ...waiting(row, 'AMBIGUOUS', reason, 0, jitter), wasAmbiguous: true };
  }
}

/** After the question that ends an ambiguity. Waiting for the signature is the only answer that lets the same bytes go again. */
export function stepAfterQuery(row: Standing, outcome: QueryOutcome, jitter: number): Step {
  const { reason } = outcome;
  switch (outcome.class) {
    case 'signed':
      return ending(row, 'DELIVERED', reason, 'reconciliation');
    case 'debt_cancelled':
      return ending(row, 'REJECTED', 'debt_cancelled');
    case 'waiting_signature': {
      const delayMs = Math.max(reconcileResendDelayMs, delayBeforeAttemptMs(row.failures, jitter));
      return { ...waiting(row, 'RETRY_WAIT', reason, delayMs, jitter), failures: row.failures };
    }
    case 'unknown':
      return waiting(row, 'AMBIGUOUS', reason, scheduled(row, jitter), jitter);
  }
}

function ending(
  row: Standing,
  status: 'DELIVERED' | 'REJECTED' | 'PAUSED',
  reason: string,
  deliveredBy: Step['deliveredBy'] = null,
): Step {
  return {
    status,
    reason,
    failures: row.failures,
    wasAmbiguous: row.was_ambiguous,
    nextAttemptInMs: null,
    deliveredBy,
  };
}

function waiting(row: Standing, status: DeliveryStatus, reason: string, delayMs: number, jitter: number): Step {
  const failures = row.failures + 1;
  const rest = { reason, failures, wasAmbiguous: row.was_ambiguous, deliveredBy: null };
  const isExhausted = row.first_attempt_at !== null && isScheduleExhausted(row.first_attempt_at, row.now);
  if (isExhausted) return { ...rest, status: 'NEEDS_ATTENTION', nextAttemptInMs: delayOnceExhaustedMs(jitter) };
  return { ...rest, status, nextAttemptInMs: delayMs };
}

function scheduled(row: Standing, jitter: number): number {
  return delayBeforeAttemptMs(row.failures + 1, jitter);
}
