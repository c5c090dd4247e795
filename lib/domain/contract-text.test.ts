import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkContractText, displayForm } from './contract-text.ts';
import { refusedCharacters } from './refused-characters.ts';

const accepted = { ok: true, warnings: [] };

describe('ordinary and awkward texts pass unharmed', () => {
  test.each([
    ['accents', 'Cédula de crédito: ação, não, às, über, Åland'],
    ['tabs and blank ends', '\n\n1.\tObjeto  \n  fim   \n\n'],
    ['a leading newline', '\nContrato'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is the text under test.
    ['markup and templates', '</script><b>&amp;{{ x }} ${y} \\ "aspas" \'s\' `t`'],
    ['emoji beyond the BMP', 'Olá 😀 𝒜 𠮷'],
    ['line and paragraph separators', 'a\u2028b\u2029c'],
    ['every visible kind of space', 'R$\u00a01,00 a\u2003b\u202fc\u3000d\u2009e'],
    ['typographic dashes and quotes', '“a” – b — c\u2011d … • §'],
    ['a right-to-left script', 'שלום عقد'],
    ['private use, as word processors leave it', '\uf0b7 item'],
    ['a replacement character, which shows', 'a\ufffdb'],
    ['an Arabic number sign', '\u06001'],
    ['Persian with non-joiners', 'می\u200cخواهم'],
    ['Sinhala with a joiner', 'ශ්\u200dරී'],
    ['Hindi with a joiner', 'क्\u200dष'],
    ['a family', '👨\u200d👩\u200d👧\u200d👦'],
    ['a joined emoji with a skin tone', '👩🏽\u200d🚀'],
    ['a joined emoji with a presentation selector', '🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥 👁\ufe0f\u200d🗨\ufe0f'],
    ['keycaps and flags', '1\ufe0f\u20e3 🇧🇷 ☎\ufe0e ✔\ufe0f'],
    ['an ideographic variant', '葛\u{e0100} 神\ufe00'],
    ['30 marks on a letter', `a${'\u0301'.repeat(30)}`.normalize('NFC')],
    ['ten thousand characters in one line', 'ã'.repeat(10_000)],
  ])('%s', (_what, text) => {
    expect(checkContractText(text)).toEqual(accepted);
  });
});

describe('what may make a hash from elsewhere differ is accepted with a warning', () => {
  test.each([
    ['a\r\nb', ['text_has_crlf']],
    ['ac\u0327a\u0303o', ['text_not_nfc']],
    ['\u212b', ['text_not_nfc']],
    ['ac\u0327a\u0303o\r\n', ['text_has_crlf', 'text_not_nfc']],
  ])('%j', (text, warnings) => {
    expect(checkContractText(text)).toEqual({ ok: true, warnings });
  });
});

describe('a character that lets the seen text differ from the hashed one is refused', () => {
  test.each([
    ['\u0000', 'nul'],
    ['\u0001', 'control'],
    ['\u0008', 'control'],
    ['\u000b', 'control'],
    ['\f', 'control'],
    ['\u001b', 'control'],
    ['\u001f', 'control'],
    ['\u007f', 'control'],
    ['\u0080', 'control'],
    ['\u0085', 'control'],
    ['\u009f', 'control'],
    ['\r', 'lone_carriage_return'],
    ['\r\r\n', 'lone_carriage_return'],
    ['\n\r', 'lone_carriage_return'],
    ['\ud83d', 'lone_surrogate'],
    ['\udc00', 'lone_surrogate'],
    ['\udc00\ud83d', 'lone_surrogate'],
    ['\ufeff', 'byte_order_mark'],
    ['\u061c', 'bidi_control'],
    ['\u200e', 'bidi_control'],
    ['\u200f', 'bidi_control'],
    ['\u202a', 'bidi_control'],
    ['\u202e', 'bidi_control'],
    ['\u2066', 'bidi_control'],
    ['\u2069', 'bidi_control'],
    ['\u200b', 'zero_width_space'],
    ['\u00ad', 'soft_hyphen'],
    ['\u2060', 'word_joiner'],
    ['\u{e0001}', 'tag_character'],
    ['\u{e0041}', 'tag_character'],
    ['🏴\u{e0067}\u{e0062}\u{e007f}', 'tag_character'],
    ['\ufdd0', 'noncharacter'],
    ['\ufffe', 'noncharacter'],
    ['\uffff', 'noncharacter'],
    ['\u{1fffe}', 'noncharacter'],
    ['\u{10ffff}', 'noncharacter'],
    ['\u034f', 'invisible'],
    ['\u115f', 'invisible'],
    ['\u1160', 'invisible'],
    ['\u3164', 'invisible'],
    ['\uffa0', 'invisible'],
    ['\u17b4', 'invisible'],
    ['\u180e', 'invisible'],
    ['\u2061', 'invisible'],
    ['\u2064', 'invisible'],
    ['\u206f', 'invisible'],
    ['\ufff9', 'invisible'],
    ['\ufffb', 'invisible'],
    ['\ufffc', 'invisible'],
    ['\u{1d173}', 'invisible'],
    ['\u{e0fff}', 'invisible'],
    ['\u200d', 'misplaced_joiner'],
    ['\u200c', 'misplaced_joiner'],
    ['می\u200c', 'misplaced_joiner'],
    ['می\u200c\u200cخ', 'misplaced_joiner'],
    ['😀\u200c😀', 'misplaced_joiner'],
    ['😀\u200d', 'misplaced_joiner'],
    ['1\u200d2', 'misplaced_joiner'],
    ['©\u200d©', 'misplaced_joiner'],
    ['🏽\u200d🚀', 'misplaced_joiner'],
    ['\ufe0f', 'misplaced_variation_selector'],
    ['1\ufe0f', 'misplaced_variation_selector'],
    ['😀\ufe0f\ufe0f', 'misplaced_variation_selector'],
    ['葛\ufe0f', 'misplaced_variation_selector'],
    ['葛\u{e0100}\u{e0101}', 'misplaced_variation_selector'],
    ['😀\u{e0100}', 'misplaced_variation_selector'],
    ['a\ufe00', 'misplaced_variation_selector'],
    ['神\ufe05', 'misplaced_variation_selector'],
    ['\u180b', 'misplaced_variation_selector'],
    [`a${'\u0316'.repeat(31)}`, 'stacked_marks'],
  ])('%j is %s', (fragment, kind) => {
    const verdict = checkContractText(`Pago ${fragment} hoje`);
    expect(verdict).toMatchObject({ ok: false, fault: { kind } });
  });

  test('at the very start and the very end too', () => {
    for (const text of ['\ufeffContrato', 'Contrato\ufeff']) expect(checkContractText(text).ok).toBe(false);
    for (const text of ['\u200dContrato', 'Contrato\u200d', '\ufe0f', 'Contrato\r']) {
      expect(checkContractText(text).ok).toBe(false);
    }
  });
});

test('both ends of every range in the table are refused under its kind', () => {
  for (const { kind, ranges } of refusedCharacters) {
    for (const [first, last] of ranges) {
      for (const codePoint of [first, last]) {
        const verdict = checkContractText(`x${String.fromCodePoint(codePoint)}x`);
        expect(verdict, `U+${codePoint.toString(16)}`).toMatchObject({ ok: false, fault: { kind } });
      }
    }
  }
});

test('no ignorable or format character passes between Latin letters, but for the few that show', () => {
  const shown = /^[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]$/u;
  const passed: string[] = [];
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    if (!/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(character)) continue;
    if (checkContractText(`a${character}b`).ok && !shown.test(character)) passed.push(codePoint.toString(16));
  }
  expect(passed).toEqual([]);
});

test.each(['', ' ', '\n\t \r\n', '\u00a0\u3000\u2028', '\u2800'])('%j has nothing to accept', (text) => {
  expect(checkContractText(text)).toEqual({ ok: false, fault: { kind: 'empty' } });
});

test('a fault is placed in bytes, code points, line and column', () => {
  expect(checkContractText('Olá 😀\r\nação\u202eb\u200b')).toEqual({
    ok: false,
    fault: { kind: 'bidi_control', codePoint: 'U+202E', byteOffset: 17, codePointIndex: 11, line: 2, column: 5 },
  });
  expect(new TextEncoder().encode('Olá 😀\r\nação')).toHaveLength(17);
  expect(checkContractText('\ufeff')).toMatchObject({
    fault: { codePoint: 'U+FEFF', byteOffset: 0, codePointIndex: 0, line: 1, column: 1 },
  });
  expect(checkContractText('ab\ud800')).toMatchObject({ fault: { codePoint: 'U+D800', byteOffset: 2 } });
});

test('an accepted text survives UTF-8 and shows as itself but for CRLF', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      if (!checkContractText(text).ok) return;
      expect(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new TextEncoder().encode(text))).toBe(
        text,
      );
      expect(displayForm(text)).toBe(text.split('\r\n').join('\n'));
      expect(displayForm(text)).not.toContain('\r');
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['plain', 'Cláusula. '],
  ['CRLF', 'Cláusula\r\n'],
  ['marks in stacks of 30', `a${'\u0301\u0316'.repeat(15)}`],
  ['emoji joined', '👩🏽\u200d🚀'],
  ['non-joiners', 'می\u200cخواهم '],
  ['spaces', '        '],
])('a text of 1 MiB is read through without delay: %s', (_what, unit) => {
  const count = Math.ceil((1024 * 1024) / new TextEncoder().encode(unit).length);
  // A quadratic pass takes minutes and runs into the test's own time-out.
  expect(checkContractText(unit.repeat(count)).ok).toBe(unit.trim() !== '');
  expect(checkContractText(`a${'\u0301\u0316'.repeat(262_144)}`).ok).toBe(false);
});
