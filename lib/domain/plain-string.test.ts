import { expect, test } from 'vitest';
import { checkPlainString } from './plain-string.ts';

test.each(['', 'Pedido 42', 'a\tb\nc', 'João 😀 \u200f \u200b \u00a0', '\uffff'])('%j passes unchanged', (text) => {
  expect(checkPlainString(text)).toEqual({ ok: true, value: text });
});

test.each([
  ['a\u0000', 'string_nul', 'U+0000'],
  ['a\r\n', 'string_control_character', 'U+000D'],
  ['a\u001b[0m', 'string_control_character', 'U+001B'],
  ['a\u007f', 'string_control_character', 'U+007F'],
  ['a\u0085', 'string_control_character', 'U+0085'],
  ['a\u202e', 'string_control_character', 'U+202E'],
  ['a\u2066', 'string_control_character', 'U+2066'],
  ['a\ud83d', 'string_lone_surrogate', 'U+D83D'],
  ['a\ude00b', 'string_lone_surrogate', 'U+DE00'],
])('%j is refused and the character named', (text, code, codePoint) => {
  expect(checkPlainString(text)).toMatchObject({ ok: false, code, place: { codePoint, codePointIndex: 1, line: 1 } });
});

test('the place counts lines and bytes', () => {
  expect(checkPlainString('é\nab\u0007')).toEqual({
    ok: false,
    code: 'string_control_character',
    place: { codePoint: 'U+0007', byteOffset: 5, codePointIndex: 4, line: 2, column: 3 },
  });
});
