import { expect, test } from 'vitest';
import { formatIdentity, maskIdentity, parseIdentity } from './identity.ts';

test.each([
  ['529.982.247-25', { kind: 'CPF', value: '52998224725' }],
  ['52998224725', { kind: 'CPF', value: '52998224725' }],
  ['11.222.333/0001-81', { kind: 'CNPJ', value: '11222333000181' }],
  ['12.abc.345/01de-35', { kind: 'CNPJ', value: '12ABC34501DE35' }],
])('%s is recognised for what it is', (typed, value) => {
  expect(parseIdentity(typed)).toEqual({ ok: true, value });
});

test.each([
  ['', { code: 'identity_length', characterCount: 0 }],
  [' . - ', { code: 'identity_length', characterCount: 0 }],
  ['529.982.247-2', { code: 'cpf_length', digitCount: 10 }],
  ['529.982.247-2O', { code: 'cpf_length', digitCount: 10 }],
  ['529.982.247-24', { code: 'cpf_check_digit' }],
  ['529982247255', { code: 'identity_length', characterCount: 12 }],
  ['12ABC34501DE', { code: 'cnpj_length', characterCount: 12 }],
  ['1122233300018', { code: 'cnpj_length', characterCount: 13 }],
  ['11.222.333/0001-82', { code: 'cnpj_check_digit' }],
  ['12.ÁBC.345/01DE-35', { code: 'cnpj_character' }],
  ['112223330001811', { code: 'identity_length', characterCount: 15 }],
])('%j is refused with the nearest rule', (typed, refusal) => {
  expect(parseIdentity(typed)).toEqual({ ok: false, ...refusal });
});

test('forms and masks follow the kind', () => {
  expect(formatIdentity('52998224725')).toBe('529.982.247-25');
  expect(formatIdentity('12ABC34501DE35')).toBe('12.ABC.345/01DE-35');
  expect(maskIdentity('52998224725')).toBe('***.982.247-**');
  expect(maskIdentity('12ABC34501DE35')).toBe('**.ABC.345/****-**');
});
