/** Below U+0020 only the line feed may stand in a signed note (c2sp.org/signed-note). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse.
const controlCharacter = /[\u0000-\u0009\u000b-\u001f]/;
const decimalShape = /^(?:0|[1-9]\d{0,15})$/;

/** The text of UTF-8 bytes, or undefined when they are not UTF-8 or hold a control character. Encoded again it gives the same bytes. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    // A byte order mark is kept, because what is signed is every byte.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return isPlainText(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a text can stand in a signed note: no control characters, and no half of a surrogate pair, which has no UTF-8. */
export function isPlainText(text: string): boolean {
  return !controlCharacter.test(text) && text.isWellFormed();
}

/** A whole number from 0 in ASCII digits without leading zeros, or undefined; also beyond 2^53 - 1, where numbers blur. */
export function parseCount(text: string): number | undefined {
  const value = Number(text);
  return decimalShape.test(text) && Number.isSafeInteger(value) ? value : undefined;
}
