import { expect, test } from 'vitest';
import { outlineContract } from './contract-outline.ts';
import { checkContractText } from './contract-text.ts';
import { type SampleParties, sampleContract, sampleSummary } from './sample-contract.ts';

const parties: SampleParties = {
  signerName: 'Maria Exemplo da Silva',
  identity: '52998224725',
  merchantLegalName: 'Loja Exemplo',
  lenderLegalName: 'Credor Exemplo',
  orderId: 'PEDIDO-1',
};
const { text } = sampleContract(parties);

test('the sample is a text that the portal takes, without a warning', () => {
  expect(checkContractText(text)).toEqual({ ok: true, warnings: [] });
});

test('the sample has the length of a real contract', () => {
  const bytes = Buffer.byteLength(text);
  expect(bytes, `${bytes} bytes`).toBeGreaterThan(5_000);
  expect(bytes, `${bytes} bytes`).toBeLessThan(8_000);
});

test('a screen reader finds the title, the summary and the ten clauses, and nothing else', () => {
  const labels = outlineContract(text).flatMap(({ heading }) => (heading ? [heading.label] : []));
  expect(labels.slice(0, 3)).toEqual(['CÉDULA DE CRÉDITO BANCÁRIO', 'QUADRO RESUMO', 'CLÁUSULA PRIMEIRA – DO CRÉDITO']);
  expect(labels).toHaveLength(12);
  expect(labels.at(-1)).toBe('CLÁUSULA DÉCIMA – DO FORO');
});

test('the text names its parties and repeats every figure of the summary', () => {
  for (const { label, value } of sampleSummary) expect(text).toContain(`${label}: ${value}`);
  expect(text).toContain('Maria Exemplo da Silva, CPF ou CNPJ 529.982.247-25');
  expect(text).toContain('Loja: Loja Exemplo, pedido PEDIDO-1');
});

test('the figures agree with each other', () => {
  const monthly = 470.53;
  expect((12 * monthly).toFixed(2)).toBe('5646.36');
  expect(((1.0219 ** 12 - 1) * 100).toFixed(2)).toBe('29.69');
  const financed = Array.from({ length: 12 }, (_, month) => monthly / 1.0219 ** (month + 1)).reduce((a, b) => a + b);
  expect(financed).toBeCloseTo(4_800 + 118.4, 0);
});
