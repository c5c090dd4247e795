import { describe, expect, test } from 'vitest';
import { formatCnpj, maskCnpj, parseCnpj } from './cnpj.ts';

describe('a CNPJ is read in any usual way of writing it', () => {
  test.each([
    ['12.ABC.345/01DE-35', '12ABC34501DE35'],
    ['12.abc.345/01de-35', '12ABC34501DE35'],
    ['12abc34501de35', '12ABC34501DE35'],
    [' 12 ABC 345 01DE 35 ', '12ABC34501DE35'],
    ['15.216.260/0001-76', '15216260000176'],
    ['11.222.333/0001-81', '11222333000181'],
    ['11.222.333/0001—81', '11222333000181'],
    ['\u200e11222333000181', '11222333000181'],
  ])('%j', (typed, value) => {
    expect(parseCnpj(typed)).toEqual({ ok: true, value });
  });

  test('and shown with its punctuation', () => {
    expect(formatCnpj('12ABC34501DE35')).toBe('12.ABC.345/01DE-35');
  });
});

test.each([
  ['', 0],
  ['11.222.333/0001-8', 13],
  ['11.222.333/0001-811', 15],
  ['12.ABC.345/01DE-3', 13],
])('%j is refused for its length, and the count of characters is told', (typed, characterCount) => {
  expect(parseCnpj(typed)).toEqual({ ok: false, code: 'cnpj_length', characterCount });
});

test.each([
  ['12.ÁBC.345/01DE-35', 'an accented letter'],
  ['12.ABC.345/01DE-3A', 'a letter as check digit'],
  ['12.ABC.345/01DE-A5', 'a letter as check digit'],
  ['12.ABC_345/01DE3', 'an underscore'],
  ['15.216.260/000ı-76', 'a dotless i, upper-cased to I'],
  ['12.AſC.345/01DE-35', 'a long s, upper-cased to S'],
  ['15.216.260/000😀-76', 'an emoji'],
])('%s is refused for %s', (typed) => {
  expect(parseCnpj(typed)).toEqual({ ok: false, code: 'cnpj_character' });
});

test.each([
  '12.ABC.345/01DE-36',
  '12.ABD.345/01DE-35',
  '15.216.260/0001-67',
  '00.000.000/0000-00',
  '11.111.111/1111-11',
])('%s is refused for its check digits', (typed) => {
  expect(parseCnpj(typed)).toEqual({ ok: false, code: 'cnpj_check_digit' });
});

test('a mask hides order, branch and check digits', () => {
  expect(maskCnpj('12ABC34501DE35')).toBe('**.ABC.345/****-**');
});
