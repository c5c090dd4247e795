import { expect, test } from 'vitest';
import { detailCheck } from './detail-check.ts';

const createdAt = '2026-11-20T10:00:00.000Z';
const submitted = (occurredAt: string, changed: string) => ({
  type: 'details_submitted',
  occurredAt,
  data: { changed },
});
const events = [
  submitted('2026-11-20T11:00:00.000Z', 'email phone'),
  submitted('2026-11-20T12:00:00.000Z', 'phone'),
  { type: 'started', occurredAt: '2026-11-20T13:00:00.000Z', data: { changed: 'phone' } },
];

test.each([
  ['email', 'merchant', createdAt],
  ['email', 'signer', '2026-11-20T11:00:00.000Z'],
  ['phone', 'signer', '2026-11-20T12:00:00.000Z'],
  ['name', 'signer', undefined],
] as const)('a %s that the %s gave was checked at %s', (field, source, at) => {
  expect(detailCheck(field, { value: 'x', source }, { createdAt, events }).verifiedAt).toBe(at);
});

test.each([
  ['11144477735', 'CPF'],
  ['12ABC34501DE35', 'CNPJ'],
])('the identity %s is a %s, whose check digits were checked', (value, documentType) => {
  expect(detailCheck('identity', { value, source: 'merchant' }, { createdAt, events })).toEqual({
    verification: 'format_checked',
    verificationMethod: 'check_digits',
    verifiedAt: createdAt,
    documentType,
  });
});
