import type { Checked } from './checked.ts';

/** `digitCount` is how many digits were typed, so that the message can say "you entered 10". */
export type CpfRefusal = { ok: false; code: 'cpf_length'; digitCount: number } | { ok: false; code: 'cpf_check_digit' };

/**
 * Reads a CPF in any usual punctuation, invisible characters of a paste included, and returns its 11 digits.
 * The two mod-11 check digits prove careful typing, not that the person exists. A stray character among 11 digits is
 * refused as a wrong digit. Rule: `product-conventions` 3.1.
 */
export function parseCpf(typed: string): Checked<string, never> | CpfRefusal {
  const kept = typed.replace(/[\s\p{Cf}\p{Pd}./]/gu, '');
  const digits = kept.replace(/[^0-9]/g, '');
  if (digits.length !== 11) return { ok: false, code: 'cpf_length', digitCount: digits.length };
  const isRight = kept === digits && !/^(\d)\1*$/.test(digits) && checkDigits(digits.slice(0, 9)) === digits.slice(9);
  return isRight ? { ok: true, value: digits } : { ok: false, code: 'cpf_check_digit' };
}

/** `52998224725` → `529.982.247-25`. */
export function formatCpf(cpf: string): string {
  return `${cpf.slice(0, 3)}.${cpf.slice(3, 6)}.${cpf.slice(6, 9)}-${cpf.slice(9)}`;
}

/** `52998224725` → `***.982.247-**`, the way Brazilian public bodies hide a CPF. */
export function maskCpf(cpf: string): string {
  return `***.${cpf.slice(3, 6)}.${cpf.slice(6, 9)}-**`;
}

function checkDigits(base: string): string {
  const first = checkDigit(base);
  return `${first}${checkDigit(base + first)}`;
}

/** Weights run down to 2 from the left; a remainder below 2 gives 0. */
function checkDigit(digits: string): number {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (digits.length + 1 - index), 0);
  return sum % 11 < 2 ? 0 : 11 - (sum % 11);
}
