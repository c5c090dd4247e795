import { expect, test } from 'vitest';
import { disabledBecause, stepAfterAttempt } from './webhook-schedule.ts';

const minutes = (count: number) => count * 60_000;
const hours = (count: number) => minutes(count * 60);

test.each([
  [0, 5_000],
  [1, minutes(5)],
  [2, minutes(30)],
  [3, hours(2)],
  [4, hours(5)],
  [5, hours(10)],
  [6, hours(14)],
  [7, hours(20)],
  [8, hours(24)],
])('after %i failures and one more the next attempt comes in %i ms, spread by a tenth', (failures, nextAttemptInMs) => {
  const step = (jitter: number) => stepAfterAttempt({ status: 500 }, failures, jitter);
  expect(step(0.5)).toEqual({ status: 'PENDING', reason: 'http_500', nextAttemptInMs });
  expect(step(0)).toMatchObject({ nextAttemptInMs: Math.round(nextAttemptInMs * 0.9) });
  expect(step(1)).toMatchObject({ nextAttemptInMs: Math.round(nextAttemptInMs * 1.1) });
});

test.each([200, 201, 202, 204, 299])('%i is an answer', (status) => {
  expect(stepAfterAttempt({ status }, 8, 0.5)).toEqual({ status: 'DELIVERED', reason: `http_${status}` });
});

test.each([100, 199, 300, 301, 302, 307, 308, 400, 401, 404, 422, 500, 503])('%i is a failure', (status) => {
  expect(stepAfterAttempt({ status }, 0, 0.5)).toMatchObject({ status: 'PENDING', reason: `http_${status}` });
  expect(stepAfterAttempt({ status }, 9, 0.5)).toEqual({ status: 'FAILED', reason: `http_${status}` });
});

test('no answer is a failure by its own word, and ends with the schedule', () => {
  expect(stepAfterAttempt({ reason: 'timeout' }, 0, 0.5)).toMatchObject({ status: 'PENDING', reason: 'timeout' });
  expect(stepAfterAttempt({ reason: 'timeout' }, 9, 0.5)).toEqual({ status: 'FAILED', reason: 'timeout' });
});

test('a receiver that is gone is not asked again', () => {
  expect(stepAfterAttempt({ status: 410 }, 0, 0.5)).toEqual({ status: 'FAILED', reason: 'http_410' });
});

test.each([
  [429, minutes(2), minutes(2)],
  [502, minutes(2), minutes(2)],
  [503, minutes(2), minutes(2)],
  [504, minutes(2), minutes(2)],
  [503, 1_000, 5_000],
  [503, hours(999), hours(24)],
  [500, minutes(2), 5_000],
])('%i that asks for %i ms waits %i ms', (status, retryAfterMs, nextAttemptInMs) => {
  expect(stepAfterAttempt({ status, retryAfterMs }, 0, 0.5)).toMatchObject({ nextAttemptInMs });
});

test.each([
  [{ status: 410 }, null, 0, 'gone'],
  [{ status: 500 }, '2026-11-20T00:00:00.001Z', 2, undefined],
  [{ status: 500 }, '2026-11-20T00:00:00.000Z', 2, 'failing'],
  [{ status: 500 }, '2026-11-20T00:00:00.000Z', 1, undefined],
  [{ reason: 'timeout' }, '2026-11-19T00:00:00.000Z', 5, 'failing'],
  [{ status: 500 }, null, 5, undefined],
] as const)(
  '%j, failing since %s, after %i failures of the message, switches off for the reason %s',
  (answer, since, failures, reason) => {
    const now = new Date('2026-11-25T00:00:00.000Z');
    expect(disabledBecause(answer, { failingSince: since ? new Date(since) : null, now, failures })).toBe(reason);
  },
);
