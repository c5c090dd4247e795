import { isJoinerInPlace, isVariationSelectorInPlace } from './character-context.ts';
import { type RefusedKind, refusedCharacters, refusedKind } from './refused-characters.ts';
import { placeInText, type TextPlace } from './text-place.ts';

/** UTF-8 bytes. The sealed text, both hashes and the page are made in memory; over it the answer is 413. */
export const contractTextBytesMax = 1024 * 1024;

/**
 * More combining marks on one letter than any language has (UAX #15 sets 30 as the bound of its stream-safe format): the pile would cover
 * the lines around it. It also keeps the NFC question linear; without it a text of marks alone keeps the engine busy for a minute.
 */
const stackedMarksMax = 30;

export type ContractTextWarning = 'text_has_crlf' | 'text_not_nfc';
export type ContractTextFault = { kind: 'empty' } | ({ kind: RefusedKind } & TextPlace);
export type ContractTextVerdict =
  | { ok: true; warnings: ContractTextWarning[] }
  | { ok: false; fault: ContractTextFault };

const alwaysRefused = refusedCharacters
  .flatMap(({ ranges }) => ranges)
  .map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`)
  .join('');

/** Everything that needs a look: one pass over the text, and nothing in it can backtrack further than `stackedMarksMax`. */
const suspects = new RegExp(
  [
    `[${alwaysRefused}]`,
    '\\r(?!\\n)',
    '[\\u200c\\u200d]',
    '[\\u180b-\\u180f\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]',
    `\\p{M}{${stackedMarksMax + 1}}`,
  ].join('|'),
  'gu',
);

/**
 * Decides whether a contract's text can be shown exactly as it is hashed: `evidence-and-law` 4.1. The text is never changed; the first
 * fault is told with its code point and place, a text without anything to see is `empty`. CRLF and text that is not in NFC
 * are accepted as they came, with a warning, because a hash made elsewhere may differ. Size is not looked at here.
 */
export function checkContractText(text: string): ContractTextVerdict {
  for (const match of text.matchAll(suspects)) {
    const kind = faultAt(text, match.index);
    if (kind !== undefined) return { ok: false, fault: { kind, ...placeInText(text, match.index) } };
  }
  // A blank Braille cell is no white space to the engine, and yet nothing to see.
  if (!/[^\s\u2800]/.test(text)) return { ok: false, fault: { kind: 'empty' } };
  const warnings: ContractTextWarning[] = [];
  if (text.includes('\r\n')) warnings.push('text_has_crlf');
  if (text.normalize('NFC') !== text) warnings.push('text_not_nfc');
  return { ok: true, warnings };
}

/** The text as a browser shows it: each CRLF as LF, nothing else changed. */
export function displayForm(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function faultAt(text: string, index: number): RefusedKind | undefined {
  const codePoint = text.codePointAt(index) ?? 0;
  if (codePoint === 0x0d) return 'lone_carriage_return';
  const kind = refusedKind(codePoint);
  if (kind !== undefined) return kind;
  if (codePoint === 0x200c || codePoint === 0x200d) {
    return isJoinerInPlace(text, index) ? undefined : 'misplaced_joiner';
  }
  if (isVariationSelector(codePoint)) {
    return isVariationSelectorInPlace(text, index) ? undefined : 'misplaced_variation_selector';
  }
  return 'stacked_marks';
}

function isVariationSelector(codePoint: number): boolean {
  return (
    (codePoint >= 0x180b && codePoint <= 0x180f) ||
    (codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
    (codePoint >= 0xe0100 && codePoint <= 0xe01ef)
  );
}
