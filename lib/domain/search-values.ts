import type { DetailField } from './signer-detail.ts';

/** The kinds of value by which staff find a session. What is kept of each is a keyed hash. */
export type SearchField = 'identity' | 'email' | 'phone' | 'name_word';
export type SearchValue = { field: SearchField; value: string };

/** Longer names than this are found by their first words; only a mistake or an attack has more. */
const nameWordsMax = 12;
/** Code points. A single letter would find half of all people. */
const wordLeast = 2;

/**
 * What canonical details are found by: document and phone as they are, the e-mail in lower case (people do not remember how they once
 * wrote it), each word of the name.
 */
export function searchValues({ identity, email, phone, name }: Partial<Record<DetailField, string>>): SearchValue[] {
  return [
    ...(identity === undefined ? [] : [{ field: 'identity', value: identity } as const]),
    ...(email === undefined ? [] : [{ field: 'email', value: searchedEmail(email) } as const]),
    ...(phone === undefined ? [] : [{ field: 'phone', value: phone } as const]),
    ...nameWords(name ?? '').map((value) => ({ field: 'name_word', value }) as const),
  ];
}

export function searchedEmail(email: string): string {
  return email.toLowerCase();
}

/** Letters that people type without their stroke or in two, and that Unicode does not take apart. Lower case. */
const plainLetters: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

/**
 * The words of a name as they are compared: without accents, in lower case, each once, at most the first 12. `José D'Ávila-Sá` →
 * `jose`, `avila`, `sa`. Compatibility forms count as their plain letters.
 */
export function nameWords(name: string): string[] {
  const bare = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const plain = bare.replace(/[øłđðħıßæœþ]/g, (letter) => plainLetters[letter] ?? letter);
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => [...word].length >= wordLeast);
  return [...new Set(words)].slice(0, nameWordsMax);
}
