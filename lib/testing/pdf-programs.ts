import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program of poppler or qpdf says of a PDF, with its exit code; the file is the last argument but for `after`. */
export function askPdf(pdf: Uint8Array, program: string, before: string[] = [], after: string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'aceite-pdf-'));
  try {
    const file = join(folder, 'file.pdf');
    writeFileSync(file, pdf);
    const { status, stdout, stderr, error } = spawnSync(program, [...before, file, ...after], { encoding: 'utf8' });
    if (error) throw new Error(`${program} is missing: install poppler-utils and qpdf`);
    return { status, said: `${stdout}${stderr}` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How many stamps the seals of a PDF bear: id-aa-signatureTimeStampToken (RFC 3161, appendix A), whose DER stands there in hexadecimal. */
export const sealStampsIn = (pdf: Uint8Array): number =>
  Buffer.from(pdf).toString('latin1').toLowerCase().split('060b2a864886f70d010910020e').length - 1;

/** The words without the line breaks of the paper. */
export const wordsOf = (pdf: Uint8Array): string =>
  askPdf(pdf, 'pdftotext', ['-enc', 'UTF-8'], ['-']).said.replaceAll(/\s+/g, ' ');
