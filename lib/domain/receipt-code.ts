import type { Checked } from './checked.ts';

/** Digits and capitals without those that are mistaken for others when read out or copied: 0 and O, 1, I and L, and U (for V). */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Eleven random characters and a check character: 30^11, about 54 bits. Eight in all would leave 2 × 10^10 codes, so that with a million
 * receipts one guess in twenty thousand at the public check would hit; with eleven it is one in ten thousand million.
 */
const randomCharacters = 11;
const groupLength = 4;

/** Prime and above the alphabet's 30, so that distinct weights catch every single wrong character and every two exchanged ones. */
const modulus = 31;

/** Bytes to hand to `receiptCodeFromBytes`: enough for ten draws where one nearly always does. */
export const receiptCodeRandomBytes = 128;

/**
 * Makes a receipt code such as `7K3F-9QTM-XB2C` from random bytes; this form is the one that is stored, shown and sent. Every code is
 * equally likely: a byte that would favour some characters is skipped, and a draw whose check character would be the one value
 * that the alphabet lacks is thrown away whole. Throws when the bytes do not suffice (odds below 10^-12 at the length asked for).
 */
export function receiptCodeFromBytes(bytes: Uint8Array): string {
  const unbiased = [...bytes].filter((byte) => byte < 256 - (256 % alphabet.length));
  const values = unbiased.map((byte) => byte % alphabet.length);
  for (let start = 0; start + randomCharacters <= values.length; start += randomCharacters) {
    const drawn = values.slice(start, start + randomCharacters);
    const check = checkValue(drawn);
    if (check < alphabet.length) return grouped([...drawn, check].map((value) => alphabet[value]).join(''));
  }
  throw new RangeError(`A receipt code needs ${receiptCodeRandomBytes} random bytes.`);
}

/**
 * Reads a receipt code as people type it, in any case, with or without hyphens and spaces, and returns the stored form.
 * `receipt_code_character` is a character that no code has: 0, O, 1, I, L and U are told, never guessed.
 */
export function parseReceiptCode(
  typed: string,
): Checked<string, 'receipt_code_length' | 'receipt_code_character' | 'receipt_code_check'> {
  const kept = typed.replace(/[\s\p{Cf}\p{Pd}]/gu, '');
  if ([...kept].length !== randomCharacters + 1) return { ok: false, code: 'receipt_code_length' };
  if (!/^[A-Za-z0-9]+$/.test(kept)) return { ok: false, code: 'receipt_code_character' };
  const values = [...kept.toUpperCase()].map((character) => alphabet.indexOf(character));
  if (values.includes(-1)) return { ok: false, code: 'receipt_code_character' };
  if (checkValue(values.slice(0, -1)) !== values.at(-1)) return { ok: false, code: 'receipt_code_check' };
  return { ok: true, value: grouped(kept.toUpperCase()) };
}

/** The value that makes the weighted sum of all twelve, weights 2 to 12 and then 1, divisible by the modulus. */
function checkValue(values: readonly number[]): number {
  const sum = values.reduce((total, value, index) => total + value * (index + 2), 0);
  return (modulus - (sum % modulus)) % modulus;
}

function grouped(code: string): string {
  const groups = Array.from({ length: code.length / groupLength }, (_, group) =>
    code.slice(group * groupLength, (group + 1) * groupLength),
  );
  return groups.join('-');
}
