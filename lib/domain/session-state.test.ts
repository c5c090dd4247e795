import { describe, expect, test } from 'vitest';
import {
  isLive,
  nextStatus,
  type SessionAct,
  type SessionStatus,
  sessionActs,
  sessionStatuses,
  shownStatus,
  transitions,
} from './session-state.ts';

/** The specification, written out by hand a second time: every pair that is not here is refused. */
const onTime: Partial<Record<SessionStatus, Partial<Record<SessionAct, SessionStatus>>>> = {
  PENDING: { begin: 'IN_PROGRESS', decline: 'FAILED', cancel: 'CANCELLED' },
  IN_PROGRESS: {
    save_details: 'IN_PROGRESS',
    accept: 'COMPLETED',
    decline: 'FAILED',
    fail_identity: 'FAILED',
    cancel: 'CANCELLED',
  },
};
const tooLate: typeof onTime = { PENDING: { expire: 'EXPIRED' }, IN_PROGRESS: { expire: 'EXPIRED' } };

const moments = sessionStatuses.flatMap((status) =>
  sessionActs.flatMap((act) => [false, true].map((isExpired) => ({ status, act, isExpired }))),
);

describe('the life of a session', () => {
  test.each(moments)('$status, $act, expired: $isExpired', ({ status, act, isExpired }) => {
    const expected = (isExpired ? tooLate : onTime)[status]?.[act];
    expect(nextStatus({ status, isExpired }, act)).toBe(expected);
  });

  test('nothing leaves a final state', () => {
    const left = Object.values(transitions).flatMap(({ from }) => from.filter((status) => !isLive(status)));
    expect(left).toEqual([]);
  });

  test('every status but the first is reached by some act', () => {
    const reached = new Set<SessionStatus>(Object.values(transitions).map(({ to }) => to));
    expect(sessionStatuses.filter((status) => !reached.has(status))).toEqual(['PENDING']);
  });

  test.each(sessionStatuses)('a lapsed session is never shown as open: %s', (status) => {
    expect(isLive(shownStatus({ status, isExpired: true }))).toBe(false);
    expect(shownStatus({ status, isExpired: false })).toBe(status);
    if (!isLive(status)) expect(shownStatus({ status, isExpired: true })).toBe(status);
  });
});
