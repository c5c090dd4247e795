import PDFDocument from 'pdfkit';
import { certificateWords } from '#lib/copy/certificate.ts';
import { fill } from '#lib/copy/language.ts';
import type { CertificateModel } from './certificate-model.ts';
import { writeSection } from './pdf-blocks.ts';
import { writeContract } from './pdf-contract.ts';
import { writeFront } from './pdf-front.ts';
import { PdfSheet, registerFonts, sheetMargins } from './pdf-sheet.ts';
import { styles } from './pdf-styles.ts';
import { missingCharacters, numberOf } from './printable-text.ts';

export type CertificatePdfOptions = {
  /** The display form of the contract; printed before the certificate. */
  contractText?: string;
  /** The exact bytes of the contract; attached as contract.txt. */
  contractBytes?: Uint8Array;
  /** The document's date; nothing else in it depends on the clock. */
  createdAt: Date;
};

/**
 * The certificate on A4 as tagged PDF/A-3a, after the contract where one is given. Equal input gives equal bytes. A character that
 * the fonts lack stands there as its number, and the last page lists them all (`missingCharacters` gives them to programs).
 */
export async function certificatePdf(model: CertificateModel, options: CertificatePdfOptions): Promise<Uint8Array> {
  const { contractText, contractBytes, createdAt } = options;
  const document = newDocument(model, createdAt);
  const bytes = collected(document);
  const sheet = new PdfSheet(document);
  if (contractText !== undefined) {
    writeContract(sheet, model, contractText, contractBytes !== undefined);
    sheet.newPage();
  }
  writeFront(sheet, model);
  for (const section of model.sections) writeSection(sheet, section);
  writeMissing(sheet, model, contractText);
  sheet.root.end();
  if (contractBytes) attachContract(document, contractBytes, createdAt);
  writeFooters(sheet, model);
  document.end();
  return bytes;
}

function newDocument(model: CertificateModel, createdAt: Date): InstanceType<typeof PDFDocument> {
  const document = new PDFDocument({
    size: 'A4',
    // The sheet keeps its own margins; with pdfkit's, a footer would begin a new page.
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    lang: model.language,
    displayTitle: true,
    // The default is a font that would not be embedded.
    font: null as unknown as string,
    // The file's identifier is a hash of these, so that it is the same for the same document and for no other.
    info: {
      Title: `${model.title} ${model.sessionId}`,
      Subject: `${model.stateWord}. ${model.audienceNote}`,
      Creator: 'Aceite',
      Producer: 'PDFKit',
      CreationDate: createdAt,
    },
  });
  registerFonts(document);
  document.font('body');
  document.addPage();
  return document;
}

function collected(document: InstanceType<typeof PDFDocument>): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    document.on('error', reject);
  });
}

function writeMissing(sheet: PdfSheet, model: CertificateModel, contractText = ''): void {
  const missing = missingCharacters([contractText, ...textsOf(model)]);
  if (missing.length === 0) return;
  const { missingCharacters: words } = certificateWords[model.language];
  const text = fill(words, { count: missing.length, list: missing.map(numberOf).join(' ') });
  sheet.flow(sheet.root, 'P', sheet.set(text, styles.body, sheet.width));
}

/** Every string of the model, whatever its place. */
function textsOf(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(textsOf) : [];
}

function attachContract(document: InstanceType<typeof PDFDocument>, bytes: Uint8Array, createdAt: Date): void {
  const dates = { creationDate: createdAt, modifiedDate: createdAt };
  // PDF/A-3 asks what the file is to the document; pdfkit writes it, its types do not know it yet.
  const options = { name: 'contract.txt', type: 'text/plain', relationship: 'Source', ...dates };
  document.file(bytes as Buffer, options);
}

/** Number, session and state on each page, so that a loose sheet says where it belongs. */
function writeFooters(sheet: PdfSheet, model: CertificateModel): void {
  const { document } = sheet;
  const { count } = document.bufferedPageRange();
  const { page: pageWords } = certificateWords[model.language];
  const { left, bottom } = sheetMargins;
  for (let page = 0; page < count; page += 1) {
    document.switchToPage(page);
    const y = document.page.height - bottom + 22;
    const number = fill(pageWords, { page: page + 1, pages: count });
    document.markContent('Artifact', { type: 'Pagination' });
    document.font(styles.footer.font).fontSize(styles.footer.size).fillColor(styles.footer.color);
    document.text(`${model.title} · ${model.stateWord} · ${model.sessionId}`, left, y, { lineBreak: false });
    document.text(number, left + sheet.width - document.widthOfString(number), y, { lineBreak: false });
    document.endMarkedContent();
  }
}
