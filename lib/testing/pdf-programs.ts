import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program of poppler or qpdf says of a PDF, with its exit code; the file is the last argument but for `after`. */
export function askPdf(pdf: Uint8Array, program: string, before: string[] = [], after: string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'aceite-pdf-'));
  try {
    const file = join(folder, 'file.pdf');
    writeFileSync(file, pdf);
    const { status, stdout, stderr, error } = spawnSync(program, [...before, file, ...after], { encoding: 'utf8' });
    if (error) throw new Error(`${program} is missing: install poppler-utils, qpdf and zbar-tools`);
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

/** Draws every page of a PDF as a picture of that many dots per inch into a folder, `<name>-1.png` and so on. */
export function drawPages(pdf: Uint8Array, folder: string, name: string, dotsPerInch: number): string[] {
  const { status, said } = askPdf(pdf, 'pdftoppm', ['-png', '-gray', '-r', String(dotsPerInch)], [join(folder, name)]);
  if (status !== 0) throw new Error(`a PDF could not be drawn: ${said}`);
  const isPage = (file: string) => file.startsWith(`${name}-`) && file.endsWith('.png');
  return readdirSync(folder)
    .filter(isPage)
    .sort()
    .map((file) => join(folder, file));
}

/** What a reader of codes finds on the drawn pages of a PDF. */
export function qrCodesIn(pdf: Uint8Array): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'aceite-pages-'));
  try {
    // The pages are drawn as on a screen: what is found on them is found on paper.
    const pages = drawPages(pdf, folder, 'page', 96);
    const { stdout, error } = spawnSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', ...pages], {
      encoding: 'utf8',
    });
    if (error) throw new Error('zbarimg is missing: install zbar-tools');
    return stdout.split('\n').filter(Boolean);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
