import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSandboxSeal } from '#lib/cli/sandbox-seal.ts';
import { type PdfSeal, readPdfSeal } from '#lib/evidence/certificate/seal-pdf.ts';

/** A seal for PDFs as the sandbox makes its own. */
export async function testSeal(): Promise<PdfSeal> {
  const folder = mkdtempSync(join(tmpdir(), 'aceite-seal-'));
  const file = join(folder, 'seal.pem');
  try {
    await makeSandboxSeal(file);
    const pem = readFileSync(file, 'utf8');
    return readPdfSeal({ certificates: pem, privateKey: pem });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
