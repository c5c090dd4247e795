import { lenderSignatureTypes } from './settings.ts';

/**
 * What of a lender's body is transport form and nothing else: how a value is spelled that the signer never saw so, or that says the same in
 * either spelling. Staff may have these, and no other, spelled otherwise once the lender has refused a body. The first of each is the usual
 * one; a setting may choose the other type for all new bodies. The hyphen and the day in front stand on other pages of the lender's
 * (reference `qitech`, 4.2 and 4.4), `55` is the code without the padding that its sample has.
 */
export const bodyForms = {
  type: lenderSignatureTypes,
  timestamp: ['YYYY-MM-DD HH:MM:SS', 'DD-MM-YYYY HH:MM:SS'],
  countryCode: ['055', '55'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

/** `Object.keys` promises plain strings, because a value may have keys that its type does not name; a literal has none. */
export const bodyFormFields = Object.keys(bodyForms) as (keyof typeof bodyForms)[];

export type BodyForm = { [Field in keyof typeof bodyForms]: (typeof bodyForms)[Field][number] };

const yearFirst = /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d) (?<time>\d\d:\d\d:\d\d)$/;
const dayFirst = /^(?<day>\d\d)-(?<month>\d\d)-(?<year>\d{4}) (?<time>\d\d:\d\d:\d\d)$/;

/** The same moment of the wall in the other order of its day, or undefined for what is spelled in neither. */
export function respellTimestamp(text: string, form: BodyForm['timestamp']): string | undefined {
  const { year, month, day, time } = (yearFirst.exec(text) ?? dayFirst.exec(text))?.groups ?? {};
  if (time === undefined) return undefined;
  return form === 'DD-MM-YYYY HH:MM:SS' ? `${day}-${month}-${year} ${time}` : `${year}-${month}-${day} ${time}`;
}
