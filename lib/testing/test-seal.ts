import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSandboxSeal } from '#lib/cli/sandbox-seal.ts';
import { type PdfSeal, readPdfSeal } from '#lib/evidence/certificate/seal-pdf.ts';

/** A seal for PDFs as the sandbox makes its own. */
export async function testSeal(): Promise<PdfSeal> {
  const folder = mkdtempSync(join(tmpdir(), 'aceite-seal-'));
  const files = { certificateFile: join(folder, 'seal.pem'), keyFile: join(folder, 'seal.key') };
  try {
    await makeSandboxSeal(files);
    const [certificates, privateKey] = [files.certificateFile, files.keyFile].map((file) => readFileSync(file, 'utf8'));
    return readPdfSeal({ certificates: certificates ?? '', privateKey: privateKey ?? '' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
