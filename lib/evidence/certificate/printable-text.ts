import { pdfFonts } from './pdf-fonts.ts';

/** As wide as the portal's pages show a tab. */
const tab = ' '.repeat(8);

/**
 * The text as it can be set: a character that the fonts lack becomes its number in brackets, `[U+4E2D]`, so that a reader sees that
 * something stands there and what. Line breaks stay; a tab becomes spaces.
 */
export function printableText(text: string): string {
  const { covered } = pdfFonts();
  let printable = '';
  for (const character of text) {
    if (character === '\n' || covered.has(codePointOf(character))) printable += character;
    else printable += character === '\t' ? tab : numberOf(character);
  }
  return printable;
}

/** The characters of these texts that the fonts lack, each once, in the order of their numbers. */
export function missingCharacters(texts: Iterable<string>): string[] {
  const { covered } = pdfFonts();
  const missing = new Set<string>();
  for (const text of texts) {
    for (const character of text) {
      if (!covered.has(codePointOf(character)) && character !== '\n' && character !== '\t') missing.add(character);
    }
  }
  return [...missing].sort((one, other) => codePointOf(one) - codePointOf(other));
}

/** `中` → `[U+4E2D]`. */
export function numberOf(character: string): string {
  return `[U+${codePointOf(character).toString(16).toUpperCase().padStart(4, '0')}]`;
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
