import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askPdf } from '#lib/testing/pdf-programs.ts';
import { sampleEvidence } from '#lib/testing/sample-evidence.ts';
import { type SandboxStamps, startSandboxStamps } from '#lib/testing/sandbox-stamps.ts';
import { testSeal } from '#lib/testing/test-seal.ts';
import { certificateModel } from './certificate-model.ts';
import { certificatePdf } from './certificate-pdf.ts';
import { type PdfSeal, readPdfSeal, sealPdf } from './seal-pdf.ts';

const signedAt = new Date('2026-11-21T12:00:00.000Z');
let stamps: SandboxStamps;
let seal: PdfSeal;
let pdf: Uint8Array;
beforeAll(async () => {
  [stamps, seal] = await Promise.all([startSandboxStamps(['first']), testSeal()]);
  const { evidence, acceptance } = sampleEvidence('pt-BR');
  const about = { verifyUrl: 'https://portal.exemplo/verify', receiptCode: undefined, softwareVersion: '1', isForKeeping: false };
  const given = { evidence, acceptance, proof: undefined, audience: 'court', language: 'pt-BR', ...about } as const;
  pdf = await certificatePdf(certificateModel(given), { createdAt: signedAt });
});
afterAll(() => stamps.end());

const stamp = async (digest: Uint8Array) => {
  const stamped = await stamps.authorities[0]?.stamp(digest);
  return stamped?.ok ? stamped.response : undefined;
};
const about = { reason: 'Prova da assinatura', signedAt };

test('a sealed certificate is valid to pdfsig and whole to qpdf, with its reason and its time', async () => {
  const sealed = await sealPdf(pdf, seal, about);
  const { said } = askPdf(sealed, 'pdfsig');
  expect(said).toMatch(/Signature is Valid/);
  expect(said).toMatch(/ETSI\.CAdES\.detached/);
  expect(said).toMatch(/Total document signed/);
  expect(said).toMatch(/Test Seal/);
  expect(askPdf(sealed, 'qpdf', ['--check'])).toMatchObject({ status: 0 });
  expect(askPdf(sealed, 'pdfinfo').said).toMatch(/^Tagged: +yes$/m);
});

test('with an authority the seal bears a stamp that says when, and without its answer none', async () => {
  const stamped = await sealPdf(pdf, seal, { ...about, stamp });
  expect(askPdf(stamped, 'pdfsig').said).toMatch(/Signature is Valid/);
  const bare = await sealPdf(pdf, seal, { ...about, stamp: async () => undefined });
  expect(askPdf(bare, 'pdfsig').said).toMatch(/Signature is Valid/);
  expect(stampsIn(stamped)).toBe(1);
  expect(stampsIn(bare)).toBe(0);
});

test('one changed byte anywhere under the seal makes it invalid', async () => {
  const sealed = Buffer.from(await sealPdf(pdf, seal, about));
  for (const at of [200, Math.floor(pdf.length / 2), pdf.length - 40]) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(askPdf(changed, 'pdfsig').said, `byte ${at}`).not.toMatch(/Signature is Valid/);
  }
});

test('a key that does not belong to the certificate seals nothing', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificates = seal.certificates.map(String).join('');
  expect(() => readPdfSeal({ certificates, privateKey: pem })).toThrow(/another private key/);
  expect(() => readPdfSeal({ certificates: '', privateKey: pem })).toThrow(/no certificate/);
});

/** id-aa-signatureTimeStampToken (RFC 3161, appendix A), as its DER bytes stand in the hexadecimal of a PDF. */
const stampsIn = (sealed: Uint8Array) =>
  Buffer.from(sealed).toString('latin1').toLowerCase().split('060b2a864886f70d010910020e').length - 1;
