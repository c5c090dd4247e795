import type { Checked } from './checked.ts';

/** Code points. The longest names on Brazilian identity cards stay far below it. */
const nameMax = 200;

/**
 * Characters that no name shows: controls, text direction marks, zero-width and filler characters, a blank Braille cell, broken
 * surrogates. They would let two names look alike, or a name look empty.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u;

/**
 * Reads a person's name: trimmed, runs of spaces made one, otherwise kept as typed, accents and case included. One word is a name
 * (mononyms and *nomes sociais* exist); without any letter it is not. Rule: `product-conventions` 3.4.
 */
export function parsePersonName(typed: string): Checked<string, 'name_empty' | 'name_length' | 'name_characters'> {
  const name = typed.replace(/[\p{Z}\t\n\r]+/gu, ' ').replace(/^ | $/g, '');
  if (name === '') return { ok: false, code: 'name_empty' };
  if ([...name].length > nameMax) return { ok: false, code: 'name_length' };
  if (unseen.test(name) || !/\p{L}/u.test(name)) return { ok: false, code: 'name_characters' };
  return { ok: true, value: name };
}

/** `Maria da Silva Souza` → `Maria S. S.`: the first name, then initials; words such as "da" are left out. */
export function maskName(name: string): string {
  const [first = '', ...others] = name.split(' ');
  const initials = others.filter((word) => !/^(?:d[aeo]s?|di|du|e|y|von|van|af)$/i.test(word)).map(initial);
  return [first, ...initials].join(' ');
}

function initial(word: string): string {
  return `${/^\P{M}\p{M}*/u.exec(word)?.[0] ?? ''}.`;
}
