import { describe, expect, test } from 'vitest';
import { canMoveDelivery, type DeliveryStatus, deliveryMoves, deliveryStatuses } from './delivery-state.ts';

/** The machine of the specification, as arrows; SENDING and RETRY_WAIT also end in NEEDS_ATTENTION when the schedule has run out. */
const arrows = `
  QUEUED > SENDING
  SENDING > DELIVERED RETRY_WAIT AMBIGUOUS REJECTED PAUSED NEEDS_ATTENTION
  RETRY_WAIT > SENDING NEEDS_ATTENTION
  AMBIGUOUS > AMBIGUOUS DELIVERED RETRY_WAIT REJECTED NEEDS_ATTENTION
  PAUSED > QUEUED
  NEEDS_ATTENTION > QUEUED SENDING AMBIGUOUS DELIVERED RETRY_WAIT REJECTED
  REJECTED > QUEUED
  DELIVERED >`;
const drawn = new Map(
  arrows
    .trim()
    .split('\n')
    .map((line) => {
      const [from = '', to = ''] = line.split('>');
      return [from.trim(), to.trim().split(' ').filter(Boolean)];
    }),
);

describe('the life of a delivery', () => {
  const pairs = deliveryStatuses.flatMap((from) => deliveryStatuses.map((to) => ({ from, to })));
  test.each(pairs)('$from to $to', ({ from, to }) => {
    expect(canMoveDelivery(from, to)).toBe(drawn.get(from)?.includes(to));
  });

  test('what the lender has is never sent again', () => {
    expect(deliveryMoves.DELIVERED).toEqual([]);
  });

  test('whatever may have arrived is asked about: nothing goes from AMBIGUOUS straight to SENDING', () => {
    expect(canMoveDelivery('AMBIGUOUS', 'SENDING')).toBe(false);
  });

  test('every status is reached, and from every one but the two ends a delivery can still reach the lender', () => {
    const reached = new Set<DeliveryStatus>(Object.values(deliveryMoves).flat());
    expect(deliveryStatuses.filter((status) => !reached.has(status))).toEqual([]);
    const leadsToLender = (status: DeliveryStatus, seen: DeliveryStatus[] = []): boolean =>
      status === 'DELIVERED' ||
      deliveryMoves[status].some((next) => !seen.includes(next) && leadsToLender(next, [...seen, status]));
    expect(deliveryStatuses.filter((status) => !leadsToLender(status))).toEqual([]);
  });
});
