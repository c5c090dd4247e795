import { expect, test } from 'vitest';
import type { DetailField } from '#lib/domain/signer-detail.ts';
import { checkDetails } from './signer-details.ts';

test('every field in any usual way of typing becomes its canonical value', () => {
  const typed = {
    name: '  Maria   da Silva ',
    email: ' Maria@EXEMPLO.com.br ',
    identity: '529.982.247-25',
    phone: '0 15 (11) 91234-5678',
  };
  expect(checkDetails(typed)).toEqual({
    ok: true,
    values: {
      name: 'Maria da Silva',
      email: 'Maria@exemplo.com.br',
      identity: '52998224725',
      phone: '+5511912345678',
    },
  });
});

test('a CNPJ with letters is an identity too', () => {
  expect(checkDetails({ identity: '12.abc.345/01de-35' })).toEqual({
    ok: true,
    values: { identity: '12ABC34501DE35' },
  });
});

test('only the fields that were asked for are judged', () => {
  expect(checkDetails({})).toEqual({ ok: true, values: {} });
  expect(checkDetails({ phone: '11 3232-3232' })).toEqual({ ok: true, values: { phone: '+551132323232' } });
});

test('all faults come at once, and one fault keeps every value back', () => {
  expect(checkDetails({ name: '', email: 'x', identity: '1', phone: '(11) 91234-5678' })).toEqual({
    ok: false,
    errors: {
      name: { code: 'name_empty' },
      email: { code: 'email_format' },
      identity: { code: 'cpf_length', details: { digitCount: 1 } },
    },
  });
});

test.each<[DetailField, string, object]>([
  ['name', ' \t', { code: 'name_empty' }],
  ['name', '123', { code: 'name_characters' }],
  ['name', 'a'.repeat(201), { code: 'name_length' }],
  ['name', 'Ana\u0000', { code: 'name_characters' }],
  ['name', 'Ana\ud800', { code: 'name_characters' }],
  ['email', '', { code: 'email_empty' }],
  ['email', 'ana@exemplo', { code: 'email_format' }],
  ['email', `${'a'.repeat(65)}@exemplo.com`, { code: 'email_length' }],
  ['identity', '   ', { code: 'identity_empty' }],
  ['identity', '123456789012', { code: 'identity_length', details: { characterCount: 12 } }],
  ['identity', '529.982.247-2', { code: 'cpf_length', details: { digitCount: 10 } }],
  ['identity', '529.982.247-24', { code: 'cpf_check_digit' }],
  ['identity', '12.ABC.345/01DE-3', { code: 'cnpj_length', details: { characterCount: 13 } }],
  ['identity', '12.ABC.345/01DE-36', { code: 'cnpj_check_digit' }],
  ['identity', '12.ÁBC.345/01DE-35', { code: 'cnpj_character' }],
  ['phone', '', { code: 'phone_empty' }],
  ['phone', '912345678', { code: 'phone_area_code_missing' }],
  ['phone', '(20) 91234-5678', { code: 'phone_area_code_unknown' }],
  ['phone', '+1 212 555 0100', { code: 'phone_country' }],
  ['phone', 'ligue já', { code: 'phone_characters' }],
  ['phone', '11 1234', { code: 'phone_length' }],
])('%s %j is refused, and the answer does not repeat it', (field, typed, fault) => {
  expect(checkDetails({ [field]: typed })).toEqual({ ok: false, errors: { [field]: fault } });
});

test('a text as long as a form may carry is answered at once', () => {
  const long = '1 '.repeat(32_000);
  const answer = checkDetails({ name: long, email: `${long}@`, identity: long, phone: long });
  expect(answer.ok ? [] : Object.keys(answer.errors)).toEqual(['name', 'email', 'identity', 'phone']);
});
