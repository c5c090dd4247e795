import { describe, expect, test } from 'vitest';
import { endOfTerm, type KeepingFacts, retentionOf } from './retention.ts';

const signed: KeepingFacts = {
  status: 'COMPLETED',
  closedAt: new Date('2026-03-10T12:00:00.000Z'),
  delivery: { status: 'DELIVERED', settledAt: new Date('2026-03-10T12:00:05.000Z') },
  lastConnectionAt: new Date('2026-03-10T11:59:00.000Z'),
  isHeld: false,
};
const declined: KeepingFacts = {
  status: 'FAILED',
  closedAt: new Date('2026-03-10T12:00:00.000Z'),
  lastConnectionAt: new Date('2026-03-10T12:00:00.000Z'),
  isHeld: false,
};

/** `class reason keepUntil`, the first being the one that decides. */
const told = (facts: KeepingFacts) =>
  retentionOf(facts).map(
    (entry) => `${entry.class} ${entry.reason} ${entry.keepUntil?.toISOString() ?? 'without end'}`,
  );

describe('a signed session is kept', () => {
  test.each<[string, Partial<KeepingFacts>, string]>([
    ['five years from the answer of the lender', {}, 'E1 lender_answered 2031-03-10T12:00:05.000Z'],
    [
      'and half a year beyond the limitation of the debt when that comes later',
      { finalDueDate: '2028-06-30' },
      'E1 final_due_date 2033-12-27T00:00:00.000Z',
    ],
    [
      'five years all the same when the debt ends sooner',
      { finalDueDate: '2026-03-01' },
      'E1 final_due_date 2031-08-28T00:00:00.000Z',
    ],
    [
      'never less for a debt that was due long ago',
      { finalDueDate: '2020-01-01' },
      'E1 lender_answered 2031-03-10T12:00:05.000Z',
    ],
    [
      'five years from the signature when the lender refused at once',
      { delivery: { status: 'REJECTED' } },
      'E1 signed 2031-03-10T12:00:00.000Z',
    ],
    [
      'without end while the lender may not have it',
      { delivery: { status: 'RETRY_WAIT' } },
      'E1 delivery_unfinished without end',
    ],
    [
      'without end while somebody must look',
      { delivery: { status: 'NEEDS_ATTENTION' } },
      'E1 delivery_unfinished without end',
    ],
    ['without end when no delivery is known', { delivery: undefined }, 'E1 delivery_unfinished without end'],
  ])('%s', (_, changes, expected) => {
    expect(told({ ...signed, ...changes })).toEqual([expected]);
  });
});

describe('a session without a signature is kept', () => {
  test.each<[string, KeepingFacts, string[]]>([
    [
      'six months with its connections',
      declined,
      ['E2 closed_unsigned 2026-09-10T12:00:00.000Z', 'E4 closed_unsigned 2026-09-10T12:00:00.000Z'],
    ],
    [
      'six months from the last connection when somebody came later',
      { ...declined, lastConnectionAt: new Date('2026-04-01T00:00:00.000Z') },
      ['E2 last_connection 2026-10-01T00:00:00.000Z', 'E4 last_connection 2026-10-01T00:00:00.000Z'],
    ],
    [
      'thirty days when nobody ever opened it',
      { ...declined, lastConnectionAt: undefined },
      ['E3 never_opened 2026-04-09T12:00:00.000Z'],
    ],
    ['without end while it is open', { status: 'PENDING', isHeld: false }, ['E3 still_open without end']],
    [
      'without end while it is being read',
      { status: 'IN_PROGRESS', lastConnectionAt: new Date(0), isHeld: false },
      ['E2 still_open without end', 'E4 still_open without end'],
    ],
  ])('%s', (_, facts, expected) => {
    expect(told(facts)).toEqual(expected);
  });
});

test('the list of who looked has a clock of its own, which no hold concerns', () => {
  const facts = { ...declined, lastStaffAccessAt: new Date('2030-01-02T00:00:00.000Z'), isHeld: true };
  expect(told(facts)).toContain('E6 last_staff_access 2035-01-02T00:00:00.000Z');
  expect(retentionOf(facts).map((entry) => entry.isHeld)).toEqual([true, true, false]);
});

describe('a term ends', () => {
  test.each([
    ['2026-01-31T10:00:00.000Z', { months: 6 }, '2026-07-31T10:00:00.000Z'],
    ['2026-08-31T10:00:00.000Z', { months: 6 }, '2027-03-01T10:00:00.000Z'],
    ['2026-08-30T10:00:00.000Z', { months: 6 }, '2027-03-01T10:00:00.000Z'],
    ['2026-10-31T10:00:00.000Z', { months: 6 }, '2027-05-01T10:00:00.000Z'],
    ['2027-08-31T23:59:59.999Z', { months: 6 }, '2028-03-01T23:59:59.999Z'],
    ['2024-02-29T00:00:00.000Z', { years: 5 }, '2029-03-01T00:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', { years: 5 }, '2031-12-31T23:59:59.999Z'],
    ['2026-12-31T00:00:00.000Z', { days: 30 }, '2027-01-30T00:00:00.000Z'],
  ])('of %s and %j on %s', (start, term, end) => {
    expect(endOfTerm(new Date(start), term).toISOString()).toBe(end);
  });
});
