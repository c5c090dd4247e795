/**
 * Where a character stands. `byteOffset` counts UTF-8 bytes and `codePointIndex` code points, both from 0; `line` and `column` count
 * from 1, lines end at LF and columns are code points.
 */
export type TextPlace = {
  codePoint: string;
  byteOffset: number;
  codePointIndex: number;
  line: number;
  column: number;
};

/** The place of the code point at `index`, a UTF-16 index; what stands before it must be well-formed. */
export function placeInText(text: string, index: number): TextPlace {
  let byteOffset = 0;
  let codePointIndex = 0;
  let line = 1;
  let column = 1;
  for (const character of text.slice(0, index)) {
    byteOffset += utf8Length(character);
    codePointIndex += 1;
    line += character === '\n' ? 1 : 0;
    column = character === '\n' ? 1 : column + 1;
  }
  return { codePoint: codePointName(text.codePointAt(index) ?? 0), byteOffset, codePointIndex, line, column };
}

/** `0x202e` → `U+202E`. */
function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

function utf8Length(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
