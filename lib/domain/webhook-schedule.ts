import type { WebhookFailure } from './webhook-failure.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * When a message that did not reach its receiver is sent again: the schedule of Standard Webhooks 1.0.0. The first attempt goes at once, each
 * failure is followed by the next delay, and after the last one the message rests until a person sends it again: 75 h 35 min in all.
 */
export const webhookRetryDelaysMs = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/** Delays are spread by a tenth to both sides, so that what failed together does not return together. */
const jitterShare = 0.1;

/** A receiver that asks for more is asked again after this: no header silences a message for longer than the schedule would. */
const retryAfterCapMs = day;

/** An endpoint that has answered nothing but failures for so many days is disabled. */
export const givenUpAfterDays = 5;
/** And the message at hand has failed so often before: one old failure and one short outage days later are not five days of failure. */
const failuresBeforeGivenUp = 2;

/** Statuses with which a receiver says that it is too busy, and may say for how long. */
const slowDown: readonly number[] = [429, 502, 503, 504];
/** The receiver is gone, and says so. */
const goneStatus = 410;

/** What came of one attempt: a status, or the stable word for why there was none. */
export type WebhookAnswer = { status: number; retryAfterMs?: number | undefined } | { reason: WebhookFailure };

/** What follows: at rest, or the next attempt in so many milliseconds. */
export type WebhookStep =
  | { status: 'DELIVERED'; reason: string }
  | { status: 'FAILED'; reason: string }
  | { status: 'PENDING'; reason: string; nextAttemptInMs: number };

/** `failures` are those before this attempt, in a row; `jitter` is a random number from 0 to 1, 0.5 gives the schedule's own value. */
export function stepAfterAttempt(answer: WebhookAnswer, failures: number, jitter: number): WebhookStep {
  const reason = 'status' in answer ? `http_${answer.status}` : answer.reason;
  if (isSuccess(answer)) return { status: 'DELIVERED', reason };
  const scheduledMs = webhookRetryDelaysMs[failures];
  if (isGone(answer) || scheduledMs === undefined) return { status: 'FAILED', reason };
  const spreadMs = Math.round(scheduledMs * (1 - jitterShare + 2 * jitterShare * jitter));
  return { status: 'PENDING', reason, nextAttemptInMs: Math.max(spreadMs, askedWaitMs(answer)) };
}

/** Any 2xx, and nothing else: a redirect is not followed, and is a failure. */
export function isSuccess(answer: WebhookAnswer): boolean {
  return 'status' in answer && answer.status >= 200 && answer.status < 300;
}

/** Why an endpoint is switched off after this failure; undefined while it may go on. `failures` are the message's own before this one. */
export function disabledBecause(
  answer: WebhookAnswer,
  { failingSince, now, failures }: { failingSince: Date | null; now: Date; failures: number },
): 'gone' | 'failing' | undefined {
  if (isGone(answer)) return 'gone';
  const isLong = failingSince !== null && now.getTime() - failingSince.getTime() >= givenUpAfterDays * day;
  return isLong && failures >= failuresBeforeGivenUp ? 'failing' : undefined;
}

function isGone(answer: WebhookAnswer): boolean {
  return 'status' in answer && answer.status === goneStatus;
}

function askedWaitMs(answer: WebhookAnswer): number {
  if (!('status' in answer) || !slowDown.includes(answer.status)) return 0;
  return Math.min(answer.retryAfterMs ?? 0, retryAfterCapMs);
}
