import { describe, expect, test } from 'vitest';
import { type CopyLanguage, fill } from '#lib/copy/language.ts';
import { leafOfTree } from '#lib/copy/leaf-of-tree.ts';
import { askPdf, wordsOf } from '#lib/testing/pdf-programs.ts';
import { sampleCertificate } from '#lib/testing/sample-certificates.ts';
import { sampleEvidence, samplePersonalValues } from '#lib/testing/sample-evidence.ts';
import { certificateModel } from './certificate-model.ts';
import { certificatePdf } from './certificate-pdf.ts';
import { styles } from './pdf-styles.ts';

const createdAt = new Date('2026-11-20T17:06:00.000Z');
const proof = {
  logOrigin: 'portal.exemplo/log',
  leafIndex: 48_211,
  treeSize: 48_230,
  rootHex: 'a3'.repeat(32),
  checkpointAt: '2026-11-20T17:05:01.000Z',
  timeStamps: [{ authority: 'primeira', at: '2026-11-20T17:05:03.000Z' }],
  timeStampsPending: [],
  witnesses: [],
};

const about = {
  verifyUrl: 'https://portal.exemplo/verify/7K3F-9QTM-XB2C',
  receiptCode: '7K3F-9QTM-XB2C',
  isForKeeping: true,
};

function drawn(language: CopyLanguage, audience: 'shared' | 'court', contractText?: string) {
  const { evidence, acceptance } = sampleEvidence(language);
  const model = certificateModel({ evidence, acceptance, proof, audience, language, softwareVersion: '1', ...about });
  const contract = contractText === undefined ? {} : { contractText, contractBytes: Buffer.from(contractText) };
  return certificatePdf(model, { createdAt, ...contract });
}

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
    const leaf = fill(leafOfTree[language], { index: 48_211, size: 48_230 });
    expect(leaf).toMatch(/48211, .* 0, .* 48230 /);
    for (const sentence of ['7K3F-9QTM-XB2C', 'portal.exemplo/log', leaf]) expect(words).toContain(sentence);
  });

  test.each([
    ['shared', 'final'],
    ['court', 'final'],
    ['shared', 'interim'],
    ['court', 'interim'],
  ] as const)('for %s and %s has three pages at most', async (kind, state) => {
    // A person who corrected two details, a proxy, a repeated delivery, two stamps and a witness: more than most sessions have.
    const { said } = askPdf(await sampleCertificate(language, kind, state), 'pdfinfo');
    expect(Number(said.match(/^Pages: +(\d+)$/m)?.[1])).toBeLessThanOrEqual(3);
  });
});

test('no letter is smaller than 9 points, so that older eyes read it on paper', () => {
  expect(Math.min(...Object.values(styles).map(({ size }) => size))).toBeGreaterThanOrEqual(9);
});

test('two short facts share a line and a long one has its own, in the order in which they were given', async () => {
  const { evidence, acceptance } = sampleEvidence('en');
  const given = { evidence, acceptance, proof, audience: 'shared', language: 'en', softwareVersion: '1' } as const;
  const rows = ['one', 'two', 'a value that takes more than half of a line', 'four'].map((value, at) => {
    return { label: `row ${at + 1}.`, value, source: 'portal' };
  });
  const model = {
    ...certificateModel({ ...given, ...about }),
    sections: [{ heading: 'x', blocks: [{ kind: 'rows' as const, rows }] }],
  };
  const { said } = askPdf(await certificatePdf(model, { createdAt }), 'pdftotext', ['-layout'], ['-']);
  const lines = said.split('\n').flatMap((line) => line.match(/row \d/g)?.join(' ') ?? []);
  expect(lines).toEqual(['row 1 row 2', 'row 3', 'row 4']);
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

test.each([
  ['pt-BR', 'Carimbo do tempo pendente: segunda.', 'pendente: segunda'],
  ['en', 'Time stamp pending: segunda.', 'pending: segunda'],
  ['es', 'Sello de tiempo pendiente: segunda.', 'pendiente: segunda'],
  ['sv', 'Tidsstämpel återstår: segunda.', 'återstår: segunda'],
] as const)(
  'in %s it is interim while a stamp is awaited, names whose, and tells the rest of the proof',
  async (language, note, row) => {
    const { evidence, acceptance } = sampleEvidence(language);
    const pending = { ...proof, timeStampsPending: ['segunda'] };
    const given = { evidence, acceptance, audience: 'shared', language, softwareVersion: '1', ...about } as const;
    const model = certificateModel({ ...given, proof: pending });
    expect(model).toMatchObject({ state: 'interim', stateNote: note });
    const words = wordsOf(await certificatePdf(model, { createdAt }));
    for (const told of [note, row, 'primeira: ', 'portal.exemplo/log', '48211']) expect(words).toContain(told);
    const none = wordsOf(await certificatePdf(certificateModel({ ...given, proof }), { createdAt }));
    expect(none).not.toContain(row);
  },
);

test('with a whole proof it is final only where it is the one to keep', () => {
  const { evidence, acceptance } = sampleEvidence('en');
  const given = {
    evidence,
    acceptance,
    proof,
    audience: 'shared',
    language: 'en',
    softwareVersion: '1',
    ...about,
  } as const;
  expect(certificateModel(given).state).toBe('final');
  expect(certificateModel({ ...given, isForKeeping: false })).toMatchObject({
    state: 'interim',
    stateNote: 'Nothing else is to come; the final version of this document is still being made.',
  });
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

test('the last row of a part is never alone on its page', async () => {
  const { evidence, acceptance } = sampleEvidence('en');
  const given = { evidence, acceptance, proof, audience: 'shared', language: 'en', softwareVersion: '1' } as const;
  const model = certificateModel({ ...given, ...about });
  let turned = 0;
  const value = 'so many words that no second row has room beside them';
  for (let count = 36; count <= 48; count += 1) {
    const rows = Array.from({ length: count }, (_, at) => ({ label: `row ${at + 1}.`, value, source: 'portal' }));
    const long = { ...model, sections: [{ heading: 'One part', blocks: [{ kind: 'rows' as const, rows }] }] };
    const pages = askPdf(await certificatePdf(long, { createdAt }), 'pdftotext', [], ['-']).said.split('\f');
    const onLast = pages.filter((page) => page.includes(`row ${count}.`));
    expect(
      onLast.map((page) => page.includes(`row ${count - 1}.`)),
      `${count} rows`,
    ).toEqual([true]);
    turned += pages.length > 2 ? 1 : 0;
  }
  expect(turned, 'some of them have two pages').toBeGreaterThan(0);
  expect(turned, 'some of them have one').toBeLessThan(13);
});
