/**
 * Joiners and variation selectors show nothing themselves: they belong in a contract only where a script or an emoji needs them
 * (`evidence-and-law` 4.1), and anywhere else would hide in the text.
 */

/** Scripts whose letters take another shape or meaning at a zero-width joiner or non-joiner. */
const joiningScripts = [
  ...[
    'Arabic',
    'Syriac',
    'Nko',
    'Mongolian',
    'Mandaic',
    'Adlam',
    'Hanifi_Rohingya',
    'Manichaean',
    'Sogdian',
    'Psalter_Pahlavi',
  ],
  ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala'],
  ...[
    'Myanmar',
    'Khmer',
    'Tibetan',
    'Balinese',
    'Javanese',
    'Grantha',
    'Tirhuta',
    'Newa',
    'Chakma',
    'Brahmi',
    'Kaithi',
  ],
];

const joiningLetter = new RegExp(
  `^(?=[\\p{L}\\p{M}])[${joiningScripts.map((script) => `\\p{Script_Extensions=${script}}`).join('')}]$`,
  'u',
);
/** From U+2190 on: the pictographic signs below it (©, ®, ‼, ™, ℹ) stand in no joined emoji. */
const pictograph = /^(?=[\u2190-\u{10ffff}])\p{Extended_Pictographic}$/u;

/** True when the joiner (U+200C, U+200D) at `index` stands between letters that need it or, U+200D only, inside an emoji. */
export function isJoinerInPlace(text: string, index: number): boolean {
  const before = characterBefore(text, index);
  const after = characterAt(text, index + 1);
  if (joiningLetter.test(before) && joiningLetter.test(after)) return true;
  return text[index] === '\u200d' && pictograph.test(after) && pictograph.test(emojiBaseBefore(text, index));
}

/**
 * True when the variation selector at `index` follows at once a character that has such variants: an emoji or keycap for the two
 * presentation selectors, an ideograph or mathematical sign for the rest, a Mongolian letter for the Mongolian ones.
 */
export function isVariationSelectorInPlace(text: string, index: number): boolean {
  const selector = text.codePointAt(index) ?? 0;
  const before = characterBefore(text, index);
  if (selector === 0xfe0e || selector === 0xfe0f) {
    return /^[0-9#*]$/.test(before) ? text[index + 1] === '\u20e3' : /^\p{Emoji}$/u.test(before);
  }
  if (selector >= 0x180b && selector <= 0x180f) return /^(?=\p{L})\p{Script=Mongolian}$/u.test(before);
  return selector <= 0xfe02
    ? /^[\p{Ideographic}\p{Sm}]$/u.test(before)
    : selector >= 0xe0100 && /^\p{Ideographic}$/u.test(before);
}

/** The pictograph that a run of at most one skin tone and one presentation selector before `index` belongs to. */
function emojiBaseBefore(text: string, index: number): string {
  const emoji = /(\P{M})\ufe0f?$|(.)[\u{1f3fb}-\u{1f3ff}]$/u.exec(text.slice(Math.max(0, index - 4), index));
  return emoji?.[2] ?? emoji?.[1] ?? '';
}

function characterAt(text: string, index: number): string {
  const codePoint = text.codePointAt(index);
  return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
}

function characterBefore(text: string, index: number): string {
  return /.$/su.exec(text.slice(Math.max(0, index - 2), index))?.[0] ?? '';
}
