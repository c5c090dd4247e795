import type { Checked } from './checked.ts';

/** The 67 area codes (DDD) that Anatel has given out; each digit of a row's text follows the row's first digit. */
const secondDigits = {
  1: '123456789',
  2: '12478',
  3: '1234578',
  4: '123456789',
  5: '1345',
  6: '123456789',
  7: '134579',
  8: '123456789',
  9: '123456789',
} as const;

export const areaCodes: readonly string[] = Object.entries(secondDigits).flatMap(([first, seconds]) =>
  [...seconds].map((second) => first + second),
);

export type PhoneRefusalCode =
  | 'phone_characters'
  | 'phone_country'
  | 'phone_area_code_missing'
  | 'phone_area_code_unknown'
  | 'phone_length';

/**
 * Reads a Brazilian phone number in any usual way of typing it and returns it as E.164 (`+5511912345678`). Understood are spaces,
 * dots, dashes, slashes and brackets, `+55` and `0055`, a bare `55`, the trunk zero (`011 …`) and the carrier code after it
 * (`0 15 11 …`). A number with a foreign country code is `phone_country`. `phone_length` also covers a number that is neither
 * a mobile (9 digits from 9) nor a landline (8 digits from 2 to 5). Rule: `product-conventions` 3.3.
 */
export function parseBrazilianPhone(typed: string): Checked<string, PhoneRefusalCode> {
  const kept = typed.replace(/[\s\p{Cf}\p{Pd}.()/]/gu, '');
  if (!/^\+?[0-9]*$/.test(kept)) return refused('phone_characters');
  const international = /^(?:\+|00)(.+)$/.exec(kept)?.[1];
  if (international === undefined) return parseNational(withoutCountry(kept));
  return international.startsWith('55') ? parseNational(international.slice(2)) : refused('phone_country');
}

/** `+5511912345678` → the lender's three parts. Its country code has three digits, zero-padded on the left. */
export function splitBrazilianPhone(e164: string): { countryCode: '055'; areaCode: string; number: string } {
  const [, areaCode, number] = /^\+55(\d\d)(\d{8,9})$/.exec(e164) ?? [];
  if (areaCode === undefined || number === undefined) throw new TypeError('Not a Brazilian number in E.164 form.');
  return { countryCode: '055', areaCode, number };
}

/** `+5511912345678` → `(11) 91234-5678`. */
export function formatBrazilianPhone(e164: string): string {
  const { areaCode, number } = splitBrazilianPhone(e164);
  return `(${areaCode}) ${number.slice(0, -4)}-${number.slice(-4)}`;
}

/** `+5511912345678` → `(11) *****-5678`. */
export function maskPhone(e164: string): string {
  const { areaCode, number } = splitBrazilianPhone(e164);
  return `(${areaCode}) ${'*'.repeat(number.length - 4)}-${number.slice(-4)}`;
}

/** 55 is also an area code: with 10 or 11 digits it is that, and only with 12 or 13 the country. */
function withoutCountry(digits: string): string {
  return /^55\d{10,11}$/.test(digits) ? digits.slice(2) : digits;
}

/**
 * After the trunk zero, two digits more than area code and number are a carrier code. The lender's own `055` before an area code
 * falls under the same rule, and both readings give the same number.
 */
function withoutTrunkPrefix(digits: string): string {
  return /^0(?:[1-9]\d)?([1-9]\d{9,10})$/.exec(digits)?.[1] ?? digits.replace(/^0/, '');
}

function parseNational(digits: string): Checked<string, PhoneRefusalCode> {
  const national = withoutTrunkPrefix(digits);
  if (/^(?:9\d{8}|[2-9]\d{7})$/.test(national)) return refused('phone_area_code_missing');
  const [, areaCode = '', number] = /^(\d\d)(9\d{8}|[2-5]\d{7})$/.exec(national) ?? [];
  if (number === undefined) return refused('phone_length');
  if (!areaCodes.includes(areaCode)) return refused('phone_area_code_unknown');
  return { ok: true, value: `+55${areaCode}${number}` };
}

function refused(code: PhoneRefusalCode): Checked<string, PhoneRefusalCode> {
  return { ok: false, code };
}
