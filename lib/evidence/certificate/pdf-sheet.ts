import type PDFDocument from 'pdfkit';
import { type PdfFont, pdfFonts } from './pdf-fonts.ts';
import { printableText } from './printable-text.ts';
import { rememberWords, type WordShaper } from './remembered-words.ts';
import { wrapLines } from './wrap-lines.ts';

type Document = InstanceType<typeof PDFDocument>;
/** What groups, and what is text. A tag's order is the reading order. */
export type Tag = Parameters<Document['struct']>[0];
export type Element = ReturnType<Document['struct']>;

/** How one kind of text is set; sizes in points. */
export type TextStyle = { font: PdfFont; size: number; leading: number; color: string };

/** Points. Margins of 16 mm hold everything clear of what printers cut. */
export const sheetMargins = { left: 45, right: 45, top: 45, bottom: 54 };

/** One text, broken into lines and ready to be placed. */
export type SetText = { lines: readonly string[]; style: TextStyle; height: number };

/** An A4 document with a place to write at: what is set in text styles, and kept whole where a reader needs it whole. */
export class PdfSheet {
  readonly document: Document;
  readonly root: Element;
  y = sheetMargins.top;
  #style: TextStyle | undefined;

  constructor(document: Document) {
    this.document = document;
    this.root = document.struct('Document');
    document.addStructure(this.root);
  }

  get width(): number {
    return this.document.page.width - sheetMargins.left - sheetMargins.right;
  }

  get bottom(): number {
    return this.document.page.height - sheetMargins.bottom;
  }

  /** Begins a new page when fewer points than `height` are left on this one. */
  reserve(height: number): void {
    if (this.y + height > this.bottom && this.y > sheetMargins.top) this.newPage();
  }

  newPage(): void {
    this.document.addPage();
    this.#style = undefined;
    this.y = sheetMargins.top;
  }

  set(text: string, style: TextStyle, width: number): SetText {
    this.#use(style);
    const lines = wrapLines(printableText(text), width, (piece) => this.document.widthOfString(piece));
    return { lines, style, height: lines.length * style.leading };
  }

  /** Writes set text as one element, whole, from (x, y) down. */
  place(parent: Element, tag: Tag, text: SetText, x: number, y: number, options: { scope?: 'Row' } = {}): void {
    const element = this.document.struct(tag, options as object, () => this.#write(text, x, y));
    parent.add(element);
  }

  /** Writes a paragraph at the present place, over as many pages as it needs, never with a single line of it left behind. */
  flow(parent: Element, tag: Tag, text: SetText, x = sheetMargins.left): void {
    const { leading } = text.style;
    const contents = this.document.struct(tag);
    parent.add(contents);
    for (let from = 0; from < text.lines.length; ) {
      this.reserve(leading * Math.min(2, text.lines.length - from));
      const room = Math.max(1, Math.floor((this.bottom - this.y) / leading));
      const lines = text.lines.slice(from, from + room);
      const y = this.y;
      contents.add(() => this.#write({ ...text, lines }, x, y));
      this.y += lines.length * leading;
      from += lines.length;
    }
    contents.end();
  }

  /** Draws what carries no meaning: rules, boxes, page numbers. */
  decorate(draw: () => void): void {
    this.document.markContent('Artifact', { type: 'Layout' });
    draw();
    this.document.endMarkedContent();
  }

  rule(y: number, color = '#bbbbbb'): void {
    const { left } = sheetMargins;
    this.decorate(() => {
      this.document.lineWidth(0.5).strokeColor(color);
      this.document
        .moveTo(left, y)
        .lineTo(left + this.width, y)
        .stroke();
    });
  }

  #write({ lines, style }: Pick<SetText, 'lines' | 'style'>, x: number, y: number): void {
    this.#use(style);
    // The letters stand in the middle of their line.
    const lift = (style.leading - this.document.currentLineHeight()) / 2;
    for (const [index, line] of lines.entries()) {
      this.document.text(line, x, y + lift + index * style.leading, { lineBreak: false });
    }
  }

  #use(style: TextStyle): void {
    if (this.#style === style) return;
    this.#style = style;
    this.document.font(style.font).fontSize(style.size).fillColor(style.color);
  }
}

/** Makes the fonts known to a new document under their parts' names, with the words that earlier documents had. */
export function registerFonts(document: Document): void {
  const { parsed, words } = pdfFonts();
  for (const name of ['body', 'bold', 'mono'] as const) {
    // pdfkit takes a parsed font; its types name only files and buffers.
    document.registerFont(name, parsed[name] as unknown as string);
    document.font(name);
    rememberWords((document as unknown as { _font: WordShaper })._font, words[name]);
  }
}
