import type { Checked } from './checked.ts';

/** `characterCount` is how many letters and digits were typed, punctuation left out. */
export type CnpjRefusal =
  | { ok: false; code: 'cnpj_length'; characterCount: number }
  | { ok: false; code: 'cnpj_character' | 'cnpj_check_digit' };

/**
 * Reads a CNPJ in any usual punctuation and returns its 14 characters, letters in upper case. Since July 2026 the first 12 may be
 * letters; a character counts as its ASCII code less 48 (A = 17), the two check digits stay numeric. Rule: `product-conventions` 3.2.
 */
export function parseCnpj(typed: string): Checked<string, never> | CnpjRefusal {
  const kept = typed.replace(/[\s\p{Cf}\p{Pd}./]/gu, '');
  const characterCount = [...kept].length;
  if (characterCount !== 14) return { ok: false, code: 'cnpj_length', characterCount };
  // Tested before it is upper-cased: `toUpperCase` makes ASCII letters of a dotless i and a long s.
  if (!/^[0-9A-Za-z]{12}\d\d$/.test(kept)) return { ok: false, code: 'cnpj_character' };
  const cnpj = kept.toUpperCase();
  const isRight = !/^(.)\1*$/.test(cnpj) && checkDigits(cnpj.slice(0, 12)) === cnpj.slice(12);
  return isRight ? { ok: true, value: cnpj } : { ok: false, code: 'cnpj_check_digit' };
}

/** `12ABC34501DE35` → `12.ABC.345/01DE-35`. */
export function formatCnpj(cnpj: string): string {
  return `${cnpj.slice(0, 2)}.${cnpj.slice(2, 5)}.${cnpj.slice(5, 8)}/${cnpj.slice(8, 12)}-${cnpj.slice(12)}`;
}

/** `12ABC34501DE35` → `**.ABC.345/****-**`: a one-person company's number leads to the person, so it hides as much as a CPF does. */
export function maskCnpj(cnpj: string): string {
  return `**.${cnpj.slice(2, 5)}.${cnpj.slice(5, 8)}/****-**`;
}

function checkDigits(base: string): string {
  const first = checkDigit(base);
  return `${first}${checkDigit(base + first)}`;
}

/** Weights run 2 to 9 from the right and start again; a remainder below 2 gives 0. */
function checkDigit(base: string): number {
  let sum = 0;
  for (let index = 0; index < base.length; index++) {
    sum += (base.charCodeAt(index) - 48) * (((base.length - 1 - index) % 8) + 2);
  }
  return sum % 11 < 2 ? 0 : 11 - (sum % 11);
}
