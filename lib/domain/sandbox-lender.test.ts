import { expect, test } from 'vitest';
import { formatCpf, parseCpf } from './cpf.ts';
import { sandboxAnswerRows } from './sandbox-answers.ts';
import { sandboxBehaviourOf, sandboxLenderRows } from './sandbox-lender.ts';

const published = [
  ['100.000.002-80', 'refuses_body', 'REJECTED'],
  ['100.000.003-61', 'fails_twice', 'DELIVERED'],
  ['100.000.004-42', 'stores_then_resets', 'DELIVERED'],
  ['100.000.005-23', 'stores_then_stalls', 'DELIVERED'],
  ['100.000.006-04', 'stores_then_names_another_debt', 'DELIVERED'],
  ['100.000.007-95', 'refuses_credential', 'PAUSED'],
  ['100.000.008-76', 'limits_once', 'DELIVERED'],
  ['100.000.009-57', 'stores_then_shows_a_page', 'DELIVERED'],
  ['100.000.040-06', 'accepts_and_tells_twice', 'DELIVERED'],
  ['100.000.041-97', 'accepts_and_tells_late', 'DELIVERED'],
  ['100.000.042-78', 'refuses_underscore', 'REJECTED'],
] as const;

test.each(published)('%s: the published CPF is valid and %s ends as %s', (cpf, behaviour, endsAs) => {
  expect(parseCpf(cpf)).toMatchObject({ ok: true });
  const row = sandboxLenderRows.find((candidate) => candidate.cpf && formatCpf(candidate.cpf) === cpf);
  expect(row).toMatchObject({ behaviour, endsAs });
  expect(sandboxBehaviourOf(row?.cpf ?? '')).toBe(behaviour);
});

test.each(sandboxAnswerRows)('$cpf is valid and chooses $behaviour', ({ cpf, behaviour }) => {
  expect(parseCpf(cpf)).toMatchObject({ ok: true });
  expect(sandboxBehaviourOf(cpf)).toBe(behaviour);
});

test('the table holds these rows, one for everybody else, and a sentence in each language', () => {
  expect(sandboxLenderRows).toHaveLength(published.length + sandboxAnswerRows.length + 1);
  expect(new Set(sandboxLenderRows.map((row) => row.cpf)).size).toBe(sandboxLenderRows.length);
  expect(new Set(sandboxLenderRows.map((row) => row.behaviour)).size).toBe(sandboxLenderRows.length);
  for (const { does, ends } of sandboxLenderRows) {
    for (const sentence of [does['pt-BR'], does.en, ends['pt-BR'], ends.en]) expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
  }
});

test('everybody else is accepted', () => {
  for (const document of ['11144477735', '12ABC34501DE35', '']) expect(sandboxBehaviourOf(document)).toBe('accepts');
});
