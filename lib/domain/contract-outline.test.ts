import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headingsMax, outlineContract } from './contract-outline.ts';
import { displayForm } from './contract-text.ts';

const agreement = `CÉDULA DE CRÉDITO BANCÁRIO

Pelo presente instrumento, as partes abaixo ajustam o seguinte.

CLÁUSULA PRIMEIRA – DO OBJETO
O credor concede ao cliente um empréstimo.

CLÁUSULA SEGUNDA – DAS CONDIÇÕES
2.1 Prazo
O prazo é de doze meses.
2.2 Juros
2,49% ao mês.

ANEXO I – CUSTO EFETIVO TOTAL
CLÁUSULA 1ª - CÁLCULO
Fim.
`;

const headingsIn = (text: string) => outlineContract(text).flatMap(({ heading }) => heading ?? []);
const labelsIn = (text: string) => headingsIn(text).map(({ label }) => label);

test('parts, clauses and numbered headings are found with levels that never skip', () => {
  expect(headingsIn(agreement).map(({ level, label }) => `${level} ${label}`)).toEqual([
    '2 CÉDULA DE CRÉDITO BANCÁRIO',
    '3 CLÁUSULA PRIMEIRA – DO OBJETO',
    '3 CLÁUSULA SEGUNDA – DAS CONDIÇÕES',
    '4 2.1 Prazo',
    '4 2.2 Juros',
    '2 ANEXO I – CUSTO EFETIVO TOTAL',
    '3 CLÁUSULA 1ª - CÁLCULO',
  ]);
});

test('a heading is a segment of its own line, with an id that no other has', () => {
  const segments = outlineContract(agreement);
  for (const { start, end, heading } of segments) {
    if (heading) expect(agreement.slice(start, end)).toBe(`${heading.label}\n`);
  }
  const ids = headingsIn(agreement).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('a heading', () => {
  test.each([
    '1. OBJETO',
    '1. Objeto',
    '2) Prazo de pagamento',
    '3 – DO FORO',
    '2.1 Prazo',
    '2.1. Prazo',
    '1.OBJETO',
    'Cláusula Décima Primeira – Do foro',
    'CLÁUSULA ÚNICA',
    'Cláusula 5ª: Vencimento antecipado',
    'Article 3',
    'Article 3 – Governing law',
    'Section 3.1 Payment terms',
    'Seção II – Das obrigações',
    'Art. 5º Foro',
    'Capítulo IV',
    'Anexo I',
    'Anexo A - Custo Efetivo Total',
    'SCHEDULE 2: FEES',
    'Bilaga 1',
    'DISPOSIÇÕES GERAIS',
    '   DISPOSIÇÕES GERAIS   ',
  ])('%s', (line) => {
    expect(labelsIn(`Texto.\n\n${line}\nMais texto.`)).toEqual([line.trim()]);
  });
});

describe('no heading', () => {
  test.each([
    'O cliente declara que leu o contrato.',
    '1. O cliente pagará a parcela no vencimento;',
    '1. O cliente pagará as doze parcelas iguais e',
    '1. Objeto. O presente contrato tem por objeto o crédito',
    '2,49% ao mês',
    '20.11.2026 Assinado',
    '12 parcelas',
    '1.234,56 Total',
    'Anexo I deste contrato contém os valores',
    'Cláusula primeira do presente contrato',
    'Parte contratante',
    'Título de crédito',
    'CPF: 529.982.247-25',
    'CNPJ 11.222.333/0001-81',
    'NOME: MARIA DA SILVA',
    'R$ 1.234,56',
    'LEIA COM ATENÇÃO, ANTES DE ASSINAR;',
    'O CLIENTE DECLARA QUE LEU E QUE ENTENDEU TUDO O QUE ESTÁ ESCRITO ACIMA',
    `CLÁUSULA PRIMEIRA – ${'DO OBJETO '.repeat(12)}`,
    '________________',
    '',
  ])('%j', (line) => {
    expect(labelsIn(`Texto.\n\n${line}\nMais texto.`)).toEqual([]);
  });

  test('the items of a numbered list, a name above a line, a paragraph in capitals', () => {
    expect(labelsIn('Documentos:\n1. Identidade\n2. Comprovante\n3. Foto')).toEqual([]);
    expect(labelsIn('Fim.\n\n____________\nMARIA DA SILVA\n')).toEqual([]);
    expect(labelsIn('Fim.\n\nO CLIENTE DECLARA\nQUE LEU TUDO\n')).toEqual([]);
  });
});

test.each(['', 'x', 'Sem títulos.\nNenhum.\n'])('%j without headings is one segment', (text) => {
  expect(outlineContract(text)).toEqual([{ start: 0, end: text.length }]);
});

test('no more headings than the limit are marked, and the rest of the text is kept', () => {
  const text = 'CLÁUSULA PRIMEIRA\nTexto.\n'.repeat(headingsMax + 50);
  expect(headingsIn(text)).toHaveLength(headingsMax);
  expect(outlineContract(text).at(-1)?.end).toBe(text.length);
});

const anyLine = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    '',
    'CLÁUSULA PRIMEIRA',
    '1. Objeto',
    '2.1.1 Prazo',
    'ANEXO I',
    'DISPOSIÇÕES GERAIS',
    'Texto corrido.',
    ' \t',
    'a\u2028b',
  ),
);

test('the segments joined are the text, whatever it is, and levels go down by one at most', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 30 }), (lines) => {
      const text = displayForm(lines.join('\n'));
      const segments = outlineContract(text);
      expect(segments.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      for (const { start } of segments) expect(start === 0 || text[start - 1] === '\n').toBe(true);
      let level = 1;
      for (const heading of headingsIn(text)) {
        expect(heading.level).toBeLessThanOrEqual(level + 1);
        level = heading.level;
      }
    }),
    { numRuns: 500 },
  );
});
