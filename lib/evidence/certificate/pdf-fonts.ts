import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { RememberedWords } from './remembered-words.ts';

/** What each part of the document is set in. Condensed letters keep the whole in few pages at a size that older eyes read on paper. */
const files = {
  body: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
  mono: 'DejaVuSansMono.ttf',
} as const;
export type PdfFont = keyof typeof files;

/** A parsed font: pdfkit takes it where it would take a file, and so need not parse one for every document. */
type ParsedFont = {
  characterSet: readonly number[];
  glyphForCodePoint: (codePoint: number) => object;
  layout: (text: string) => object;
};

export type PdfFonts = {
  parsed: Record<PdfFont, ParsedFont>;
  words: Record<PdfFont, RememberedWords>;
  covered: ReadonlySet<number>;
};

let fonts: PdfFonts | undefined;

/** The fonts, read and parsed once per process, and the characters that the two for running text both have. */
export function pdfFonts(): PdfFonts {
  fonts ??= readFonts();
  return fonts;
}

function readFonts(): PdfFonts {
  const parsed = { body: parsedFont(files.body), bold: parsedFont(files.bold), mono: parsedFont(files.mono) };
  const bold = new Set(parsed.bold.characterSet);
  const words = { body: new RememberedWords(), bold: new RememberedWords(), mono: new RememberedWords() };
  return { parsed, words, covered: new Set(parsed.body.characterSet.filter((codePoint) => bold.has(codePoint))) };
}

/** The working directory is the project's folder in every process of the portal, in a built one too, where this file stands elsewhere. */
function parsedFont(file: string): ParsedFont {
  const path = join(process.cwd(), 'node_modules', 'dejavu-fonts-ttf', 'ttf', file);
  const document = new PDFDocument({ font: readFileSync(path) as unknown as string, autoFirstPage: false });
  // pdfkit's types keep silent on the font that it has just parsed; parsing it ourselves would need its parser as a package of ours.
  const { font } = (document as unknown as { _font: { font: ParsedFont } })._font;
  nameGlyphs(font);
  return font;
}

/**
 * A parsed font keeps each glyph with the characters for which it was first met, and these are what a reader copies, searches and hears. Met as
 * a part of another letter a glyph would have none for ever, in every document of the process. So all are met here by their own characters,
 * ligatures first as the letters that they join.
 */
function nameGlyphs(font: ParsedFont): void {
  font.layout('ffi ffl ff fi fl');
  for (const codePoint of font.characterSet) font.glyphForCodePoint(codePoint);
}
