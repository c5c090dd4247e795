import { certificateWords } from '#lib/copy/certificate.ts';
import { outlineContract } from '#lib/domain/contract-outline.ts';
import type { CertificateModel } from './certificate-model.ts';
import type { PdfSheet, Tag } from './pdf-sheet.ts';
import { styles } from './pdf-styles.ts';
import { printableText } from './printable-text.ts';

/** The headings of a contract have the levels that the page shows them at. */
const headingTags: Record<2 | 3 | 4, Tag> = { 2: 'H2', 3: 'H3', 4: 'H4' };

/**
 * Several hundred pages, and about a second of work. A contract can be one letter per line: printed whole, half a million of them keep the
 * process busy for most of a minute and take it gigabytes.
 */
const linesMax = 30_000;
/** What fits on one line, about. */
const charactersPerLine = 60;

/**
 * The contract as the signer saw it, before the certificate: its own lines and spaces, headings tagged as on the page. One of too many
 * lines is left to the attachment.
 */
export function writeContract(
  sheet: PdfSheet,
  model: CertificateModel,
  displayText: string,
  isAttached: boolean,
): void {
  const words = certificateWords[model.language];
  const section = sheet.document.struct('Sect');
  sheet.root.add(section);
  sheet.flow(section, 'H1', sheet.set(words.contractHeading, styles.title, sheet.width));
  const isPrinted = !isAttached || linesOf(displayText) <= linesMax;
  const note = isAttached ? `${words.contractNote} ${words.contractAttached}` : words.contractNote;
  sheet.flow(section, 'P', sheet.set(isPrinted ? note : words.contractNotPrinted, styles.label, sheet.width));
  if (isPrinted) writeText(sheet, section, displayText);
  section.end();
}

/** About how many lines it takes, without setting it. */
function linesOf(text: string): number {
  return text.split('\n').length + printableText(text).length / charactersPerLine;
}

type Section = Parameters<PdfSheet['flow']>[0];

function writeText(sheet: PdfSheet, section: Section, displayText: string): void {
  sheet.y += 6;
  sheet.rule(sheet.y);
  sheet.y += 8;
  for (const { start, end, heading } of outlineContract(displayText)) {
    const text = displayText.slice(start, end).replace(/\n$/, '');
    if (heading) {
      const set = sheet.set(text, styles.contractHeading, sheet.width);
      sheet.reserve(set.height + 2 * styles.contract.leading);
      sheet.flow(section, headingTags[heading.level], set);
    } else writeParagraphs(sheet, section, text);
  }
}

/** One element per line of the contract; an empty line is space, which no reader needs to hear. */
function writeParagraphs(sheet: PdfSheet, section: Section, text: string): void {
  for (const line of text.split('\n')) {
    if (line.trim() === '') sheet.y += styles.contract.leading;
    else sheet.flow(section, 'P', sheet.set(line, styles.contract, sheet.width));
  }
}
