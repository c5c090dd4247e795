import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaCodes, formatBrazilianPhone, maskPhone, parseBrazilianPhone, splitBrazilianPhone } from './phone.ts';

test('there are 67 area codes, none twice', () => {
  expect(areaCodes).toHaveLength(67);
  expect(new Set(areaCodes).size).toBe(67);
});

describe('a mobile number is read in any usual way of typing it', () => {
  test.each([
    '11912345678',
    '(11) 91234-5678',
    '(11)91234-5678',
    '11 9 1234 5678',
    '11.91234.5678',
    '11/91234-5678',
    '11 91234–5678',
    '11\u00a091234\u20115678',
    '\u202a+55 11 91234-5678\u202c',
    '+55 11 91234-5678',
    '+5511912345678',
    '+55 (11) 91234-5678',
    '(+55) 11 91234-5678',
    '+55 (0)11 91234-5678',
    '+55 011 91234-5678',
    '5511912345678',
    '55 11 91234-5678',
    '0055 11 91234-5678',
    '00 55 11 91234-5678',
    '011 91234-5678',
    '(011) 91234-5678',
    '0 15 11 91234-5678',
    '0151191234-5678',
    '0 41 11 91234-5678',
    '055 11 91234-5678',
  ])('%j', (typed) => {
    expect(parseBrazilianPhone(typed)).toEqual({ ok: true, value: '+5511912345678' });
  });
});

test.each([
  ['(11) 3123-4567', '+551131234567'],
  ['1131234567', '+551131234567'],
  ['+55 11 3123-4567', '+551131234567'],
  ['55 11 3123-4567', '+551131234567'],
  ['011 3123-4567', '+551131234567'],
  ['0 15 11 3123-4567', '+551131234567'],
  ['(61) 2030-4050', '+556120304050'],
  ['(85) 5555-1234', '+558555551234'],
])('%s is a landline', (typed, value) => {
  expect(parseBrazilianPhone(typed)).toEqual({ ok: true, value });
});

describe('area code 55 is never taken for the country, nor the country for it', () => {
  test.each([
    ['55 99123-4567', '+5555991234567'],
    ['(55) 99123-4567', '+5555991234567'],
    ['055 99123-4567', '+5555991234567'],
    ['55 3222-1234', '+555532221234'],
    ['(55) 3222-1234', '+555532221234'],
    ['055 3222-1234', '+555532221234'],
    ['+55 55 99123-4567', '+5555991234567'],
    ['55 55 99123-4567', '+5555991234567'],
    ['555532221234', '+555532221234'],
    ['0 15 55 99123-4567', '+5555991234567'],
    ['+5511912345678', '+5511912345678'],
    ['+55 51 99123-4567', '+5551991234567'],
  ])('%s is %s', (typed, value) => {
    expect(parseBrazilianPhone(typed)).toEqual({ ok: true, value });
  });

  test.each([
    ['+55 99123-4567', 'phone_area_code_missing'],
    ['+55 3222-1234', 'phone_area_code_missing'],
    ['+55 55 11 91234-5678', 'phone_length'],
  ])('%s is refused: after the plus, 55 is the country', (typed, code) => {
    expect(parseBrazilianPhone(typed)).toEqual({ ok: false, code });
  });
});

describe('what is refused says why', () => {
  test.each([
    ['91234-5678', 'phone_area_code_missing'],
    ['091234-5678', 'phone_area_code_missing'],
    ['3123-4567', 'phone_area_code_missing'],
    ['9123-4567', 'phone_area_code_missing'],
    ['4004-1234', 'phone_area_code_missing'],
    ['(10) 91234-5678', 'phone_area_code_unknown'],
    ['(20) 91234-5678', 'phone_area_code_unknown'],
    ['(23) 3123-4567', 'phone_area_code_unknown'],
    ['+55 52 91234-5678', 'phone_area_code_unknown'],
    ['', 'phone_length'],
    ['+', 'phone_length'],
    ['11', 'phone_length'],
    ['119123456', 'phone_length'],
    ['1191234567', 'phone_length'],
    ['(11) 81234-5678', 'phone_length'],
    ['(11) 7123-4567', 'phone_length'],
    ['(11) 1123-4567', 'phone_length'],
    ['(11) 91234-56789', 'phone_length'],
    ['15 11 91234-5678', 'phone_length'],
    ['0 5 11 91234-5678', 'phone_length'],
    ['+55', 'phone_length'],
    ['0800 123 4567', 'phone_length'],
    ['+1 415 555 2671', 'phone_country'],
    ['+351 912 345 678', 'phone_country'],
    ['001 415 555 2671', 'phone_country'],
    ['+11 91234-5678', 'phone_country'],
    ['+5', 'phone_country'],
    ['11 91234-5678 ramal 2', 'phone_characters'],
    ['11 9l234-5678', 'phone_characters'],
    ['11+912345678', 'phone_characters'],
    ['++5511912345678', 'phone_characters'],
    ['١١٩١٢٣٤٥٦٧٨', 'phone_characters'],
    ['tel:+5511912345678', 'phone_characters'],
  ])('%j is %s', (typed, code) => {
    expect(parseBrazilianPhone(typed)).toEqual({ ok: false, code });
  });
});

const anyNumber = fc
  .tuple(fc.constantFrom(...areaCodes), fc.stringMatching(/^(9\d{8}|[2-5]\d{7})$/))
  .map(([areaCode, number]) => `+55${areaCode}${number}`);

test('whatever was read is read the same from every way of writing it', () => {
  fc.assert(
    fc.property(anyNumber, (e164) => {
      const { areaCode, number } = splitBrazilianPhone(e164);
      const ways = [
        e164,
        e164.slice(1),
        formatBrazilianPhone(e164),
        `0${areaCode}${number}`,
        `0 21 ${areaCode} ${number}`,
      ];
      for (const way of ways) expect(parseBrazilianPhone(way)).toEqual({ ok: true, value: e164 });
    }),
  );
});

test('the lender gets three digits of country, two of area and the number', () => {
  expect(splitBrazilianPhone('+5511912345678')).toEqual({ countryCode: '055', areaCode: '11', number: '912345678' });
  expect(splitBrazilianPhone('+555532221234')).toEqual({ countryCode: '055', areaCode: '55', number: '32221234' });
  expect(() => splitBrazilianPhone('+14155552671')).toThrow(TypeError);
});

test('a mask keeps the area code and the last four digits', () => {
  expect(maskPhone('+5511912345678')).toBe('(11) *****-5678');
  expect(maskPhone('+551131234567')).toBe('(11) ****-4567');
});
