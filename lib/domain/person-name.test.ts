import { describe, expect, test } from 'vitest';
import { maskName, parsePersonName } from './person-name.ts';

describe('a name is kept as typed but for its spaces', () => {
  test.each([
    ['Maria da Silva', 'Maria da Silva'],
    ['  Maria   da\u00a0 Silva \n', 'Maria da Silva'],
    ['Maria\tda\r\nSilva', 'Maria da Silva'],
    ['JOSÉ D’ÁVILA-PRADO', 'JOSÉ D’ÁVILA-PRADO'],
    ["Sant'Anna", "Sant'Anna"],
    ['Jose\u0301', 'Jose\u0301'],
    ['Pelé', 'Pelé'],
    ['Ó', 'Ó'],
    ['Åsa Öström', 'Åsa Öström'],
    ['李小龍', '李小龍'],
    ['محمد', 'محمد'],
    ['João 3º', 'João 3º'],
    ['é'.repeat(200), 'é'.repeat(200)],
    ['𝒜'.repeat(200), '𝒜'.repeat(200)],
  ])('%j', (typed, value) => {
    expect(parsePersonName(typed)).toEqual({ ok: true, value });
  });
});

test.each(['', '   ', '\u00a0\u3000\t\n'])('%j is empty', (typed) => {
  expect(parsePersonName(typed)).toEqual({ ok: false, code: 'name_empty' });
});

test.each([
  ['a digit only', '123'],
  ['punctuation only', '-.-'],
  ['NUL', 'Maria\u0000'],
  ['an escape', 'Maria\u001b[31m'],
  ['a C1 control', 'Maria\u0085Silva'],
  ['a bidi override', 'Maria\u202eavliS'],
  ['a bidi mark', '\u200fMaria'],
  ['a zero-width space', 'Ma\u200bria'],
  ['a zero-width joiner', 'Ma\u200dria'],
  ['a byte order mark', '\ufeffMaria'],
  ['a soft hyphen', 'Ma\u00adria'],
  ['a Hangul filler, a letter nobody sees', '\u3164'],
  ['a half-width Hangul filler', 'Maria\uffa0'],
  ['a grapheme joiner', 'Ma\u034fria'],
  ['a blank Braille cell', 'Maria\u2800'],
  ['a tag character', 'Maria\u{e0041}'],
  ['a variation selector', 'Maria\ufe0f'],
  ['a lone surrogate', 'Maria\ud83d'],
  ['a noncharacter', 'Maria\uffff'],
])('%s is refused', (_what, typed) => {
  expect(parsePersonName(typed)).toEqual({ ok: false, code: 'name_characters' });
});

test('201 characters are too many', () => {
  expect(parsePersonName('a'.repeat(201))).toEqual({ ok: false, code: 'name_length' });
});

test.each([
  ['Maria da Silva Souza', 'Maria S. S.'],
  ['Maria Souza', 'Maria S.'],
  ['Pelé', 'Pelé'],
  ['José Élio dos Santos e Prado', 'José É. S. P.'],
  ['Jose E\u0301lio', 'Jose E\u0301.'],
  ['Ana 𝒜gata', 'Ana 𝒜.'],
])('%s is masked as %s', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});
