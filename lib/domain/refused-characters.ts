/** Why a contract's text is refused; each has its sentence in the error's page. */
export type RefusedKind =
  | 'nul'
  | 'control'
  | 'lone_carriage_return'
  | 'lone_surrogate'
  | 'byte_order_mark'
  | 'bidi_control'
  | 'zero_width_space'
  | 'soft_hyphen'
  | 'word_joiner'
  | 'tag_character'
  | 'noncharacter'
  | 'invisible'
  | 'misplaced_joiner'
  | 'misplaced_variation_selector'
  | 'stacked_marks';

type Refusal = { kind: RefusedKind; ranges: readonly (readonly [first: number, last: number])[] };

/**
 * Characters that a contract never holds, wherever they stand: `evidence-and-law` 4.1. Its principle is to refuse only what could make the
 * text that is seen differ from the text that is hashed, so `invisible` adds what the same principle asks for beyond its list: fillers
 * that are letters nobody sees (Hangul, Khmer), invisible operators, the grapheme joiner, the Mongolian vowel separator, interlinear
 * annotation, the object placeholder, format controls of shorthand, music and hieroglyphs, and ignorable code points not yet given out.
 *
 * Accepted on purpose: U+2028 and U+2029, every visible kind of space, U+FFFD (it shows), Arabic number signs (they show), private
 * use (shown as a box or a bullet; word processors leave their bullets there), and code points of scripts yet to come.
 */
export const refusedCharacters: readonly Refusal[] = [
  { kind: 'nul', ranges: [[0x00, 0x00]] },
  {
    kind: 'control',
    ranges: [
      [0x01, 0x08],
      [0x0b, 0x0c],
      [0x0e, 0x1f],
      [0x7f, 0x9f],
    ],
  },
  { kind: 'lone_surrogate', ranges: [[0xd800, 0xdfff]] },
  { kind: 'byte_order_mark', ranges: [[0xfeff, 0xfeff]] },
  {
    kind: 'bidi_control',
    ranges: [
      [0x061c, 0x061c],
      [0x200e, 0x200f],
      [0x202a, 0x202e],
      [0x2066, 0x2069],
    ],
  },
  { kind: 'zero_width_space', ranges: [[0x200b, 0x200b]] },
  { kind: 'soft_hyphen', ranges: [[0xad, 0xad]] },
  { kind: 'word_joiner', ranges: [[0x2060, 0x2060]] },
  { kind: 'tag_character', ranges: [[0xe0000, 0xe007f]] },
  {
    kind: 'noncharacter',
    ranges: [
      [0xfdd0, 0xfdef],
      ...Array.from({ length: 17 }, (_, plane) => [plane * 0x10000 + 0xfffe, plane * 0x10000 + 0xffff] as const),
    ],
  },
  {
    kind: 'invisible',
    ranges: [
      [0x034f, 0x034f],
      [0x115f, 0x1160],
      [0x17b4, 0x17b5],
      [0x180e, 0x180e],
      [0x2061, 0x2065],
      [0x206a, 0x206f],
      [0x3164, 0x3164],
      [0xffa0, 0xffa0],
      [0xfff0, 0xfffc],
      [0x13430, 0x1343f],
      [0x1bca0, 0x1bca3],
      [0x1d173, 0x1d17a],
      [0xe0080, 0xe00ff],
      [0xe01f0, 0xe0fff],
    ],
  },
];

/** The kind of a code point that is refused wherever it stands; undefined for all others. */
export function refusedKind(codePoint: number): RefusedKind | undefined {
  return refusedCharacters.find(({ ranges }) => ranges.some(([first, last]) => first <= codePoint && codePoint <= last))
    ?.kind;
}
