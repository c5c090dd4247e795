import { describe, expect, test } from 'vitest';
import { canMoveDelivery, type DeliveryStatus } from '#lib/domain/delivery-state.ts';
import type { LenderExchange, QueryOutcome, SubmitOutcome } from '#lib/providers/lender.ts';
import { mayResend, stepAfterQuery, stepAfterSubmit } from './delivery-step.ts';

const now = new Date('2026-01-10T12:00:00.000Z');
const exchange: LenderExchange = { startedAt: now, endedAt: now, requestMayHaveArrived: true };
const [second, minute, hour] = [1_000, 60_000, 3_600_000];

type Standing = Parameters<typeof stepAfterSubmit>[0];
const fresh: Standing = {
  status: 'SENDING',
  failures: 0,
  reason: null,
  was_ambiguous: false,
  first_attempt_at: now,
  last_attempt_at: new Date(now.getTime() - minute),
  now,
};
const doubted: Standing = { ...fresh, was_ambiguous: true, failures: 1, reason: 'waiting_signature' };
const exhausted: Standing = { ...fresh, failures: 20, first_attempt_at: new Date(now.getTime() - 72 * hour) };

function submitted(outcome: Record<string, unknown>): SubmitOutcome {
  return { exchange, reason: 'status_x', ...outcome } as SubmitOutcome;
}

function asked(outcome: Record<string, unknown>): QueryOutcome {
  return { exchange, reason: 'state_x', debtStatus: 'x', ...outcome } as QueryOutcome;
}

describe('after a submission', () => {
  type Row = [string, Standing, Record<string, unknown>, DeliveryStatus, number | null];
  test.each<Row>([
    ['delivered', fresh, { class: 'delivered' }, 'DELIVERED', null],
    ['delivered after a doubt', doubted, { class: 'delivered' }, 'DELIVERED', null],
    ['rejected', fresh, { class: 'rejected' }, 'REJECTED', null],
    ['rejected after a doubt: asked about first', doubted, { class: 'rejected' }, 'AMBIGUOUS', minute],
    ['paused', fresh, { class: 'paused' }, 'PAUSED', null],
    ['paused after a doubt', doubted, { class: 'paused' }, 'PAUSED', null],
    ['not found', fresh, { class: 'debt_not_found' }, 'RETRY_WAIT', minute],
    ['not found again', { ...fresh, reason: 'status_x' }, { class: 'debt_not_found' }, 'REJECTED', null],
    [
      'not found again after a doubt',
      { ...doubted, reason: 'status_x' },
      { class: 'debt_not_found' },
      'AMBIGUOUS',
      minute,
    ],
    ['retry', fresh, { class: 'retry' }, 'RETRY_WAIT', 5 * second],
    ['retry, the second', { ...fresh, failures: 1 }, { class: 'retry' }, 'RETRY_WAIT', 30 * second],
    ['retry, the lender asks for more', fresh, { class: 'retry', retryAfterMs: hour }, 'RETRY_WAIT', hour],
    ['retry, the lender asks for a day', fresh, { class: 'retry', retryAfterMs: 24 * hour }, 'RETRY_WAIT', hour],
    ['retry, the lender asks for less', fresh, { class: 'retry', retryAfterMs: 1 }, 'RETRY_WAIT', 5 * second],
    ['ambiguous: asked at once', fresh, { class: 'ambiguous' }, 'AMBIGUOUS', 0],
    [
      'ambiguous, the lender asks for more: asked then',
      fresh,
      { class: 'ambiguous', retryAfterMs: 2 * hour },
      'AMBIGUOUS',
      hour,
    ],
    ['ambiguous after 72 hours: asked at once all the same', exhausted, { class: 'ambiguous' }, 'AMBIGUOUS', 0],
    ['retry after 72 hours', exhausted, { class: 'retry' }, 'NEEDS_ATTENTION', 24 * hour],
    ['not found after 72 hours', exhausted, { class: 'debt_not_found' }, 'NEEDS_ATTENTION', 24 * hour],
    ['rejected after 72 hours', exhausted, { class: 'rejected' }, 'REJECTED', null],
  ])('%s', (_name, row, outcome, status, delayMs) => {
    const step = stepAfterSubmit(row, submitted(outcome), 0.5);
    expect([step.status, step.nextAttemptInMs]).toEqual([status, delayMs]);
    expect(canMoveDelivery('SENDING', step.status)).toBe(true);
    expect(step.deliveredBy).toBe(status === 'DELIVERED' ? 'reply' : null);
  });

  test('a doubt is never forgotten, and every ambiguous answer is one', () => {
    const classes = ['rejected', 'paused', 'debt_not_found', 'retry', 'ambiguous'];
    for (const name of classes) {
      expect(stepAfterSubmit(doubted, submitted({ class: name }), 0.5).wasAmbiguous).toBe(true);
      expect(stepAfterSubmit(fresh, submitted({ class: name }), 0.5).wasAmbiguous).toBe(name === 'ambiguous');
    }
  });

  test('a pause and an end count as no failure, everything else as one', () => {
    const counted = ['rejected', 'paused', 'delivered', 'retry', 'ambiguous', 'debt_not_found'].map(
      (name) => stepAfterSubmit(fresh, submitted({ class: name }), 0.5).failures,
    );
    expect(counted).toEqual([0, 0, 0, 1, 1, 1]);
  });
});

describe('after a question', () => {
  const doubt: Standing = { ...doubted, status: 'AMBIGUOUS' };
  const held: Standing = { ...doubt, reason: 'refused_status_400' };
  type Row = [string, Standing, Record<string, unknown>, DeliveryStatus, number | null, string];
  test.each<Row>([
    ['signed', doubt, { class: 'signed', reason: 'signed' }, 'DELIVERED', null, 'signed'],
    ['cancelled', doubt, { class: 'debt_cancelled' }, 'REJECTED', null, 'debt_cancelled'],
    ['waiting: after a minute', doubt, { class: 'waiting_signature', reason: 'w' }, 'RETRY_WAIT', minute, 'w'],
    [
      'waiting, after many failures: on schedule',
      { ...doubt, failures: 5 },
      { class: 'waiting_signature', reason: 'w' },
      'RETRY_WAIT',
      30 * minute,
      'w',
    ],
    ['no answer', doubt, { class: 'unknown', reason: 'status_500' }, 'AMBIGUOUS', 30 * second, 'status_500'],
    [
      'no answer before a date',
      doubt,
      { class: 'unknown', reason: 'status_503', retryAfterMs: 2 * hour },
      'AMBIGUOUS',
      hour,
      'status_503',
    ],
    ['signed after a refusal', held, { class: 'signed', reason: 'signed' }, 'DELIVERED', null, 'signed'],
    ['cancelled after a refusal', held, { class: 'debt_cancelled' }, 'REJECTED', null, 'debt_cancelled'],
    [
      'waiting after a refusal: the refusal stands',
      held,
      { class: 'waiting_signature' },
      'REJECTED',
      null,
      'status_400',
    ],
    [
      'no answer after a refusal: it stays on hold',
      held,
      { class: 'unknown', reason: 'x' },
      'AMBIGUOUS',
      30 * second,
      'refused_status_400',
    ],
  ])('%s', (_name, row, outcome, status, delayMs, reason) => {
    const step = stepAfterQuery(row, asked(outcome), 0.5);
    expect([step.status, step.nextAttemptInMs, step.reason]).toEqual([status, delayMs, reason]);
    expect(canMoveDelivery('AMBIGUOUS', step.status)).toBe(true);
    expect(step.deliveredBy).toBe(status === 'DELIVERED' ? 'reconciliation' : null);
  });

  test.each(['waiting_signature', 'unknown'])('%s after 72 hours needs a person, and is tried daily', (name) => {
    const step = stepAfterQuery(
      { ...exhausted, status: 'AMBIGUOUS', was_ambiguous: true },
      asked({ class: name }),
      0.5,
    );
    expect([step.status, step.nextAttemptInMs]).toEqual(['NEEDS_ATTENTION', 24 * hour]);
  });

  test('only a debt that waits for its signature lets the same bytes go, and not while in doubt or refused', () => {
    const waiting = asked({ class: 'waiting_signature' });
    const others = ['signed', 'debt_cancelled', 'unknown'].map((name) => asked({ class: name }));
    for (const status of ['SENDING', 'NEEDS_ATTENTION'] as const) {
      expect(mayResend({ ...doubted, status }, waiting)).toBe(true);
      expect(mayResend({ ...held, status }, waiting)).toBe(false);
      expect(others.map((answer) => mayResend({ ...doubted, status }, answer))).toEqual([false, false, false]);
    }
    expect(mayResend(doubt, waiting)).toBe(false);
    const justSent = new Date(now.getTime() - minute + 1);
    expect(mayResend({ ...doubted, last_attempt_at: justSent }, waiting)).toBe(false);
    expect(mayResend({ ...doubted, last_attempt_at: null }, waiting)).toBe(true);
  });
});
