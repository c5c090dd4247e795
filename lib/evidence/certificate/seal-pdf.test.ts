import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyLanguages } from '#lib/copy/language.ts';
import { askPdf, qrCodesIn, sealStampsIn } from '#lib/testing/pdf-programs.ts';
import { certificateKinds, sampleCertificate, sampleVerifyUrl } from '#lib/testing/sample-certificates.ts';
import { type SandboxStamps, startSandboxStamps } from '#lib/testing/sandbox-stamps.ts';
import { testSeal } from '#lib/testing/test-seal.ts';
import { type PdfSeal, readPdfSeal, sealPdf } from './seal-pdf.ts';

const signedAt = new Date('2026-11-21T12:00:00.000Z');
let stamps: SandboxStamps;
let seal: PdfSeal;
let pdf: Uint8Array;
beforeAll(async () => {
  [stamps, seal] = await Promise.all([startSandboxStamps(['first']), testSeal()]);
  pdf = await sampleCertificate('pt-BR', 'court');
});
afterAll(() => stamps.end());

const stamp = async (digest: Uint8Array) => {
  const stamped = await stamps.authorities[0]?.stamp(digest);
  return stamped?.ok ? stamped.response : undefined;
};
const about = { reason: 'Prova da assinatura', signedAt };

async function sealed(options: Partial<Parameters<typeof sealPdf>[2]> = {}): Promise<Uint8Array> {
  const made = await sealPdf(pdf, seal, { ...about, ...options });
  if (!made) throw new Error('nothing was sealed');
  return made;
}

test('a sealed certificate is valid to pdfsig and whole to qpdf, with its reason and its time', async () => {
  const made = await sealed();
  const { said } = askPdf(made, 'pdfsig');
  expect(said).toMatch(/Signature is Valid/);
  expect(said).toMatch(/ETSI\.CAdES\.detached/);
  expect(said).toMatch(/Total document signed/);
  expect(said).toMatch(/Test Seal/);
  expect(askPdf(made, 'qpdf', ['--check'])).toMatchObject({ status: 0 });
});

test('with an authority the seal bears a stamp that says when, and without its answer there is no seal', async () => {
  const stamped = await sealed({ stamp });
  expect(askPdf(stamped, 'pdfsig').said).toMatch(/Signature is Valid/);
  expect(sealStampsIn(stamped)).toBe(1);
  expect(sealStampsIn(await sealed())).toBe(0);
  await stamps.turn('first', 'away');
  expect(await sealPdf(pdf, seal, { ...about, stamp })).toBeUndefined();
  await stamps.turn('first', 'back');
  expect(sealStampsIn(await sealed({ stamp }))).toBe(1);
});

test('an authority that answers what is no stamp is a fault, and no reason to do without', async () => {
  await expect(sealPdf(pdf, seal, { ...about, stamp: async () => new Uint8Array([1]) })).rejects.toThrow();
});

describe.each(copyLanguages)('in %s', (language) => {
  test.each(certificateKinds)(
    'the sealed %s is a tagged PDF/A still, and its code leads to where it is checked',
    async (kind) => {
      const bare = await sampleCertificate(language, kind);
      const made = await sealPdf(bare, seal, { ...about, stamp });
      if (!made) throw new Error('nothing was sealed');
      expect(askPdf(made, 'pdfsig').said).toMatch(/Signature is Valid/);
      expect(askPdf(made, 'pdfinfo').said).toMatch(/^Tagged: +yes$/m);
      expect(askPdf(made, 'pdfinfo', ['-meta']).said).toMatch(/<pdfaid:part>3<[\s\S]*<pdfaid:conformance>A</);
      expect(askPdf(made, 'qpdf', ['--check'])).toMatchObject({ status: 0 });
      expect(qrCodesIn(made)).toEqual([sampleVerifyUrl]);
    },
  );
});

test('one changed byte anywhere under the seal makes it invalid', async () => {
  const made = await sealed();
  for (const at of [200, Math.floor(pdf.length / 2), pdf.length - 40]) {
    const changed = Buffer.from(made);
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
