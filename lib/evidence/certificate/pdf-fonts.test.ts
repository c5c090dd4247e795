import { expect, test } from 'vitest';
import { pdfFonts } from './pdf-fonts.ts';

type Glyph = { id: number; codePoints: number[] };
/** What pdfkit does with a font, of which our types name less. */
type Font = {
  glyphForCodePoint(codePoint: number): Glyph;
  layout(text: string): { glyphs: Glyph[] };
  createSubset(): { includeGlyph(id: number): number; encode(): Uint8Array };
};

test.each(['body', 'bold', 'mono'] as const)(
  'a letter in %s keeps its own text behind one that it is a part of',
  (name) => {
    const font = pdfFonts().parsed[name] as unknown as Font;
    const subset = font.createSubset();
    for (const letter of 'ŴŶŹĶẃŷźķ') subset.includeGlyph(font.glyphForCodePoint(letter.codePointAt(0) ?? 0).id);
    subset.encode();
    for (const letter of 'WYZKwyzk') {
      const codePoint = letter.codePointAt(0) ?? 0;
      expect(font.glyphForCodePoint(codePoint).codePoints, letter).toEqual([codePoint]);
    }
    const said = font.layout('ficha afflita').glyphs.flatMap(({ codePoints }) => codePoints);
    expect(String.fromCodePoint(...said)).toBe('ficha afflita');
  },
);
