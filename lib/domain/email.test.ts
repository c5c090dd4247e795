import { describe, expect, test } from 'vitest';
import { maskEmail, parseEmail } from './email.ts';
import { suggestEmail } from './email-suggestion.ts';

const label63 = 'a'.repeat(63);

describe('an address is taken', () => {
  test.each([
    ['maria@exemplo.com.br', 'maria@exemplo.com.br'],
    ['  maria@exemplo.com.br\n', 'maria@exemplo.com.br'],
    ['\u200bmaria@exemplo.com.br\ufeff', 'maria@exemplo.com.br'],
    ['Maria.Souza@EXEMPLO.com.BR', 'Maria.Souza@exemplo.com.br'],
    ["o'neil+loja_1@sub.exemplo-2.io", "o'neil+loja_1@sub.exemplo-2.io"],
    ['a@b.co', 'a@b.co'],
    ['a@xn--ao-ela4d.com.br', 'a@xn--ao-ela4d.com.br'],
    ['a@exemplo.xn--p1ai', 'a@exemplo.xn--p1ai'],
    ['a@123.com', 'a@123.com'],
    [`${'a'.repeat(64)}@exemplo.com`, `${'a'.repeat(64)}@exemplo.com`],
    [`a@${label63}.com`, `a@${label63}.com`],
  ])('%j', (typed, value) => {
    expect(parseEmail(typed)).toEqual({ ok: true, value });
  });
});

describe('no address', () => {
  test.each([
    '',
    '@',
    'maria',
    'maria@',
    '@exemplo.com',
    'maria@exemplo',
    'maria@exemplo.',
    'maria@.exemplo.com',
    'maria@exemplo..com',
    'maria@exemplo.com.',
    'maria@exemplo.c',
    'maria@exemplo.123',
    'maria@-exemplo.com',
    'maria@exemplo-.com',
    `maria@${label63}a.com`,
    'maria@exemplo_x.com',
    'maria@[127.0.0.1]',
    'maria@127.0.0.1',
    'ma ria@exemplo.com',
    'maria@exem plo.com',
    'maria@@exemplo.com',
    'maria@a@exemplo.com',
    '.maria@exemplo.com',
    'maria.@exemplo.com',
    'ma..ria@exemplo.com',
    '"maria"@exemplo.com',
    'maria(x)@exemplo.com',
    'maria,ana@exemplo.com',
    'Maria <maria@exemplo.com>',
    'mailto:maria@exemplo.com',
    'josé@exemplo.com',
    'maria@ação.com.br',
    'maria@exemplo.com\u0000',
    'maria@exemplo.com\r\nBcc: ana@exemplo.com',
    'maria@exemp\u0131lo.com',
    'maria@\u212Aexemplo.com',
  ])('%j', (typed) => {
    expect(parseEmail(typed)).toEqual({ ok: false, code: 'email_format' });
  });
});

test.each([
  `${'a'.repeat(65)}@exemplo.com`,
  `a@${`${label63}.`.repeat(4)}com`,
  'a'.repeat(100_000),
  `${' a'.repeat(100_000)}@exemplo.com`,
])('an address over the limits is refused for its length at once', (typed) => {
  expect(parseEmail(typed)).toEqual({ ok: false, code: 'email_length' });
});

test('254 characters are the most that is taken', () => {
  const host = `${`${label63}.`.repeat(3)}${'b'.repeat(55)}.com`;
  expect(parseEmail(`ab@${host}`)).toEqual({ ok: true, value: `ab@${host}` });
  expect(`ab@${host}`).toHaveLength(254);
  expect(parseEmail(`abc@${host}`).ok).toBe(false);
});

test('a mask keeps the first character and the domain', () => {
  expect(maskEmail('maria.souza@exemplo.com.br')).toBe('m***@exemplo.com.br');
  expect(maskEmail('m@exemplo.com.br')).toBe('m***@exemplo.com.br');
});

test.each([
  ['ana@gmial.com', 'ana@gmail.com'],
  ['Ana.B@Hotmail.con', 'Ana.B@hotmail.com'],
  ['ana@yaho.com.br', 'ana@yahoo.com.br'],
  ['ana@gmail.com', undefined],
  ['ana@ymail.com', undefined],
  ['ana@constructor', undefined],
])('for %s the suggestion is %s', (typed, suggestion) => {
  expect(suggestEmail(typed)).toBe(suggestion);
});
