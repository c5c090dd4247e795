const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * When an acceptance that did not reach the lender is tried again: `security-and-reliability` 8.3. The first attempt goes at once; after each
 * failure in a row comes the next delay, the last one for every further failure, until the schedule is exhausted.
 */
const retryDelaysMs = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
] as const;

/** From then on the delivery is NEEDS_ATTENTION: a person has been told, and attempts go on once a day. */
const scheduleLengthMs = 72 * hour;
const delayAfterScheduleMs = 24 * hour;

/** The lender's own step is asynchronous: after `waiting_signature` the same bytes wait this long before they go again. */
export const reconcileResendDelayMs = minute;

/** A lender's `Retry-After` beyond this is taken as this: a wrong header must not silence a delivery for days. */
export const retryAfterCapMs = hour;

/** Delays are spread by a fifth to both sides, so that deliveries that failed together do not return together. */
const jitterShare = 0.2;

/**
 * The delay before the next attempt after `failures` failures in a row (0: none). `jitter` is a random number from 0 to 1;
 * 0.5 gives the schedule's own value.
 */
export function delayBeforeAttemptMs(failures: number, jitter: number): number {
  if (failures <= 0) return 0;
  const delayMs = retryDelaysMs[Math.min(failures, retryDelaysMs.length) - 1] ?? delayAfterScheduleMs;
  return spread(delayMs, jitter);
}

/** The delay between attempts once the schedule is exhausted. */
export function delayOnceExhaustedMs(jitter: number): number {
  return spread(delayAfterScheduleMs, jitter);
}

/** True from 72 hours after the first attempt on. */
export function isScheduleExhausted(firstAttemptAt: Date, now: Date): boolean {
  return now.getTime() - firstAttemptAt.getTime() >= scheduleLengthMs;
}

/** The scheduled delay, or the lender's `Retry-After` when that is longer, up to `retryAfterCapMs`. */
export function delayHonouringMs(scheduledMs: number, retryAfterMs: number | undefined): number {
  return Math.max(scheduledMs, Math.min(retryAfterMs ?? 0, retryAfterCapMs));
}

function spread(delayMs: number, jitter: number): number {
  return Math.round(delayMs * (1 - jitterShare + 2 * jitterShare * jitter));
}
