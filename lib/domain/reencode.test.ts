import { expect, test } from 'vitest';
import { deliveryStatuses } from './delivery-state.ts';
import { changedForm, formRefusals, mayReencode } from './reencode.ts';

const rejected = { status: 'REJECTED', reason: 'status_400', isInDoubt: false } as const;

test.each(deliveryStatuses)('a body is spelled otherwise after a refusal of its form alone: %s', (status) => {
  expect(mayReencode({ ...rejected, status })).toBe(status === 'REJECTED');
});

test.each(['debt_cancelled', 'status_404', 'status_413', 'refused_status_400', null])('not after %s', (reason) => {
  expect(mayReencode({ ...rejected, reason })).toBe(false);
});

test('nor when an earlier body may have arrived', () => {
  for (const reason of formRefusals) {
    expect(mayReencode({ ...rejected, reason })).toBe(true);
    expect(mayReencode({ ...rejected, reason, isInDoubt: true })).toBe(false);
  }
});

test('a change names the fields that differ and no other', () => {
  const first = { type: 'data_signature', timestamp: 'YYYY-MM-DD HH:MM:SS', countryCode: '055' } as const;
  expect(changedForm(first, first)).toEqual({});
  expect(changedForm(first, { ...first, countryCode: '55' })).toEqual({ countryCode: '55' });
});
