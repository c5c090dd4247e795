import type { DeliveryRow } from '#lib/db/deliveries.ts';
import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import {
  delayBeforeAttemptMs,
  delayHonouringMs,
  delayOnceExhaustedMs,
  isScheduleExhausted,
  reconcileResendDelayMs,
} from '#lib/domain/retry-schedule.ts';
import type { QueryOutcome, SubmitOutcome } from '#lib/providers/lender.ts';

/** Where a delivery goes next and when; the words of the lender are added by the caller. */
export type Step = {
  status: DeliveryStatus;
  reason: string;
  failures: number;
  wasAmbiguous: boolean;
  nextAttemptInMs: number | null;
  deliveredBy: 'reply' | 'reconciliation' | null;
};

type Standing = Pick<
  DeliveryRow,
  'status' | 'failures' | 'reason' | 'was_ambiguous' | 'first_attempt_at' | 'last_attempt_at' | 'now'
>;

/** After a submission: the outcome table of `security-and-reliability` 8.2. `jitter` is random, from 0 to 1. */
export function stepAfterSubmit(row: Standing, outcome: SubmitOutcome, jitter: number): Step {
  const { reason } = outcome;
  switch (outcome.class) {
    case 'delivered':
      return ending(row, 'DELIVERED', reason, 'reply');
    case 'rejected':
      return refused(row, reason);
    case 'paused':
      // A wrong credential is nobody's failed attempt: the schedule stands still until a person has acted.
      return ending(row, 'PAUSED', reason);
    case 'debt_not_found':
      // Perhaps not visible yet: once more after a minute, then it is an answer.
      if (row.reason === reason) return refused(row, reason);
      return onSchedule(row, waiting(row, 'RETRY_WAIT', reason, reconcileResendDelayMs), jitter);
    case 'retry': {
      const delayMs = delayHonouringMs(scheduled(row, jitter), outcome.retryAfterMs);
      return onSchedule(row, waiting(row, 'RETRY_WAIT', reason, delayMs), jitter);
    }
    case 'ambiguous':
      // Ask as soon as the lender lets us, however long it has taken so far; only the question's answer decides about sending again.
      return {
        ...waiting(row, 'AMBIGUOUS', reason, delayHonouringMs(0, outcome.retryAfterMs)),
        wasAmbiguous: true,
      };
  }
}

/** True when the answer to the question lets the same bytes go in this very step. */
export function mayResend(row: Standing, outcome: QueryOutcome): boolean {
  // The lender's own step is asynchronous: while AMBIGUOUS the answer opens a wait first, and whoever hurries the delivery meanwhile (staff, a
  // notice of the lender) has the lender asked sooner, and nothing sent sooner.
  const isTooSoon = row.status === 'AMBIGUOUS' || sinceLastSendMs(row) < reconcileResendDelayMs;
  return outcome.class === 'waiting_signature' && !isTooSoon && refusalOnHold(row) === undefined;
}

function sinceLastSendMs({ last_attempt_at: last, now }: Standing): number {
  return last === null ? Number.POSITIVE_INFINITY : now.getTime() - last.getTime();
}

/** After the question that ends an ambiguity. Waiting for the signature is the only answer that lets the same bytes go again. */
export function stepAfterQuery(row: Standing, outcome: QueryOutcome, jitter: number): Step {
  const { reason } = outcome;
  const refusal = refusalOnHold(row);
  switch (outcome.class) {
    case 'signed':
      return ending(row, 'DELIVERED', reason, 'reconciliation');
    case 'debt_cancelled':
      return ending(row, 'REJECTED', 'debt_cancelled');
    case 'waiting_signature': {
      if (refusal !== undefined) return ending(row, 'REJECTED', refusal);
      const delayMs = Math.max(reconcileResendDelayMs, delayBeforeAttemptMs(row.failures, jitter));
      const resend = { ...waiting(row, 'RETRY_WAIT', reason, delayMs), failures: row.failures };
      return onSchedule(row, resend, jitter);
    }
    case 'unknown': {
      const held = refusal === undefined ? reason : onHold(refusal);
      const delayMs = delayHonouringMs(scheduled(row, jitter), outcome.retryAfterMs);
      return onSchedule(row, waiting(row, 'AMBIGUOUS', held, delayMs), jitter);
    }
  }
}

/**
 * A refusal is final, unless something that was sent before may have arrived: then it may speak of a signature that is there
 * by now, in words we do not know. It is held, and after the minute that the lender's own step may take the debt's state decides.
 */
function refused(row: Standing, reason: string): Step {
  if (!row.was_ambiguous) return ending(row, 'REJECTED', reason);
  return waiting(row, 'AMBIGUOUS', onHold(reason), reconcileResendDelayMs);
}

const holdPrefix = 'refused_';
const onHold = (reason: string) => `${holdPrefix}${reason}`;

/** The reason of a refusal that waits for the debt's state. */
function refusalOnHold({ reason }: Standing): string | undefined {
  return reason?.startsWith(holdPrefix) ? reason.slice(holdPrefix.length) : undefined;
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

function waiting(row: Standing, status: DeliveryStatus, reason: string, delayMs: number): Step {
  const failures = row.failures + 1;
  return { status, reason, failures, wasAmbiguous: row.was_ambiguous, nextAttemptInMs: delayMs, deliveredBy: null };
}

/** The wait as it is, or a person's attention and a daily attempt when the schedule has run out. */
function onSchedule(row: Standing, step: Step, jitter: number): Step {
  const isExhausted = row.first_attempt_at !== null && isScheduleExhausted(row.first_attempt_at, row.now);
  if (!isExhausted) return step;
  return { ...step, status: 'NEEDS_ATTENTION', nextAttemptInMs: delayOnceExhaustedMs(jitter) };
}

function scheduled(row: Standing, jitter: number): number {
  return delayBeforeAttemptMs(row.failures + 1, jitter);
}
