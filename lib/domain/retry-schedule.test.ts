import { expect, test } from 'vitest';
import {
  delayBeforeAttemptMs,
  delayHonouringMs,
  delayOnceExhaustedMs,
  isScheduleExhausted,
  reconcileResendDelayMs,
  retryAfterCapMs,
} from './retry-schedule.ts';

const seconds = (count: number) => count * 1000;
const hours = (count: number) => seconds(count * 3600);

test.each([
  [0, 0],
  [1, seconds(5)],
  [2, seconds(30)],
  [3, seconds(120)],
  [4, seconds(600)],
  [5, seconds(1800)],
  [6, hours(1)],
  [7, hours(2)],
  [8, hours(4)],
  [9, hours(4)],
  [500, hours(4)],
])('after %i failures the delay is %i ms, spread by a fifth', (failures, delayMs) => {
  expect(delayBeforeAttemptMs(failures, 0.5)).toBe(delayMs);
  expect(delayBeforeAttemptMs(failures, 0)).toBe(delayMs * 0.8);
  expect(delayBeforeAttemptMs(failures, 1)).toBe(delayMs * 1.2);
});

test('the schedule is exhausted at 72 hours, not before, and goes on once a day', () => {
  const firstAttemptAt = new Date('2026-11-20T17:00:00.000Z');
  expect(isScheduleExhausted(firstAttemptAt, firstAttemptAt)).toBe(false);
  expect(isScheduleExhausted(firstAttemptAt, new Date('2026-11-23T16:59:59.999Z'))).toBe(false);
  expect(isScheduleExhausted(firstAttemptAt, new Date('2026-11-23T17:00:00.000Z'))).toBe(true);
  expect(delayOnceExhaustedMs(0.5)).toBe(hours(24));
});

test.each([
  [seconds(5), undefined, seconds(5)],
  [seconds(5), seconds(2), seconds(5)],
  [seconds(5), seconds(90), seconds(90)],
  [seconds(5), hours(30), retryAfterCapMs],
  [hours(4), hours(30), hours(4)],
])('a delay of %s ms and a Retry-After of %s ms make %s ms', (scheduledMs, retryAfterMs, delayMs) => {
  expect(delayHonouringMs(scheduledMs, retryAfterMs)).toBe(delayMs);
});

test('after the question, the same bytes wait a minute; no header holds a delivery back longer than an hour', () => {
  expect(reconcileResendDelayMs).toBe(seconds(60));
  expect(retryAfterCapMs).toBe(hours(1));
});
