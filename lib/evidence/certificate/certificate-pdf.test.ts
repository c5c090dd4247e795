import { describe, expect, test } from 'vitest';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { askPdf } from '#lib/testing/pdf-programs.ts';
import { sampleEvidence, samplePersonalValues } from '#lib/testing/sample-evidence.ts';
import { certificateModel } from './certificate-model.ts';
import { certificatePdf } from './certificate-pdf.ts';

const createdAt = new Date('2026-11-20T17:06:00.000Z');
const proof = {
  logOrigin: 'portal.exemplo/log',
  leafIndex: 48_211,
  treeSize: 48_230,
  rootHex: 'a3'.repeat(32),
  checkpointAt: '2026-11-20T17:05:01.000Z',
  timeStamps: [{ authority: 'primeira', at: '2026-11-20T17:05:03.000Z' }],
  witnesses: [],
};

const about = { verifyUrl: 'https://portal.exemplo/verify/7K3F-9QTM-XB2C', receiptCode: '7K3F-9QTM-XB2C' };

function drawn(language: CopyLanguage, audience: 'shared' | 'court', contractText?: string) {
  const { evidence, acceptance } = sampleEvidence(language);
  const model = certificateModel({ evidence, acceptance, proof, audience, language, softwareVersion: '1', ...about });
  const contract = contractText === undefined ? {} : { contractText, contractBytes: Buffer.from(contractText) };
  return certificatePdf(model, { createdAt, ...contract });
}

/** The words without the line breaks of the paper. */
const wordsOf = (pdf: Uint8Array) => askPdf(pdf, 'pdftotext', ['-enc', 'UTF-8'], ['-']).said.replaceAll(/\s+/g, ' ');

describe.each(['pt-BR', 'en', 'es', 'sv'] as const)('the certificate in %s', (language) => {
  test('is a tagged PDF/A with a title, in its language, without a fault', async () => {
    const pdf = await drawn(language, 'court');
    const { said } = askPdf(pdf, 'pdfinfo');
    expect(said).toMatch(/^Title: +\S/m);
    expect(said).toMatch(/^Tagged: +yes$/m);
    expect(said).toMatch(/^Page size: .*\(A4\)$/m);
    expect(askPdf(pdf, 'pdfinfo', ['-meta']).said).toMatch(/<pdfaid:part>3<[\s\S]*<pdfaid:conformance>A</);
    expect(askPdf(pdf, 'qpdf', ['--check'])).toMatchObject({ status: 0 });
    expect(Buffer.from(pdf).includes(`/Lang (${language})`)).toBe(true);
  });

  test('for sharing shows nothing personal but the name, and for the court who it was', async () => {
    const [shared, court] = await Promise.all((['shared', 'court'] as const).map((one) => drawn(language, one)));
    const words = wordsOf(shared ?? new Uint8Array());
    expect(samplePersonalValues.filter((value) => words.includes(value))).toEqual([]);
    expect(words).toContain('***.444.777-**');
    expect(wordsOf(court ?? new Uint8Array())).toContain('111.444.777-35');
    for (const sentence of ['7K3F-9QTM-XB2C', 'portal.exemplo/log', '48211']) expect(words).toContain(sentence);
  });
});

test('the same certificate is the same file, and another hour, word or audience makes another', async () => {
  const first = Buffer.from(await drawn('pt-BR', 'shared'));
  expect(first.equals(Buffer.from(await drawn('pt-BR', 'shared')))).toBe(true);
  for (const other of [await drawn('pt-BR', 'court'), await drawn('en', 'shared'), await drawn('pt-BR', 'shared', 'x')])
    expect(first.equals(Buffer.from(other))).toBe(false);
});

test('the contract stands before it word for word, with its exact bytes attached', async () => {
  const text = 'CLÁUSULA 1ª – OBJETO\nO crédito é de R$ 4.800,00.\n\n\tRecuo e 漢字, 😀.\n';
  const pdf = await drawn('pt-BR', 'shared', text);
  const words = wordsOf(pdf);
  expect(words.indexOf('O crédito é de R$ 4.800,00.')).toBeGreaterThan(-1);
  expect(words.indexOf('O crédito é de R$ 4.800,00.')).toBeLessThan(words.indexOf('7K3F-9QTM-XB2C'));
  expect(askPdf(pdf, 'qpdf', ['--list-attachments']).said).toContain('contract.txt');
  expect(askPdf(pdf, 'qpdf', ['--show-attachment=contract.txt']).said).toBe(text);
  expect(askPdf(pdf, 'qpdf', ['--check'])).toMatchObject({ status: 0 });
});

test('says how a detail was typed only where that differs, and of a hold that there is none', async () => {
  const rows = certificateModel({
    ...sampleEvidence('pt-BR'),
    ...about,
    evidence: JSON.parse(JSON.stringify(sampleEvidence('pt-BR').evidence).replace('11 98765-4321', '(11) 98765-4321')),
    proof,
    audience: 'court',
    language: 'pt-BR',
    softwareVersion: '1',
  });
  const words = wordsOf(await certificatePdf(rows, { createdAt }));
  expect(words).toContain('digitado como “ Maria.Souza@exemplo.com.br”');
  expect(words).not.toContain('digitado como “(11)');
  expect(words).toContain('Guarda prorrogada nenhuma prorrogação');
});
