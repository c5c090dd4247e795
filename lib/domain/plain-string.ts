import { placeInText, type TextPlace } from './text-place.ts';

export type PlainStringFault = {
  code: 'string_lone_surrogate' | 'string_nul' | 'string_control_character';
  place: TextPlace;
};

/**
 * The rule for every string from outside but the contract's text: well-formed Unicode, no NUL, no control character (C0, DEL, C1)
 * but tab and line feed, and none that turns the direction of the text around it (UAX #9: embeddings, overrides, isolates), because it
 * would turn what stands beside the value too. The value is never changed. A fault names the first such character and where it stands.
 */
export function checkPlainString(text: string): { ok: true; value: string } | ({ ok: false } & PlainStringFault) {
  const index = text.search(/(?![\t\n])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
  if (index === -1) return { ok: true, value: text };
  return { ok: false, code: faultCode(text.charCodeAt(index)), place: placeInText(text, index) };
}

function faultCode(codeUnit: number): PlainStringFault['code'] {
  if (codeUnit === 0) return 'string_nul';
  return codeUnit >= 0xd800 ? 'string_lone_surrogate' : 'string_control_character';
}
