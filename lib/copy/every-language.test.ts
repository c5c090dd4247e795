import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type AcceptRefusalCode, acceptRefusal } from './accept-refusals.ts';
import { consentsFor } from './consents.ts';
import { fieldErrorTemplates } from './field-errors.ts';
import { type CopyLanguage, copyLanguages } from './language.ts';

const files = (await readdir(import.meta.dirname)).filter((file) => /^(?!dashboard).*(?<!\.test)\.ts$/.test(file));
const records = (await Promise.all(files.map(recordsOf))).flat();
const stems = ['changed', 'name', 'email', 'identity', 'cpf', 'cnpj', 'phone', 'agreeContract', 'agreeMethod'];
const refusals: AcceptRefusalCode[] = ['offer_stale', 'text_changed', 'details_changed', 'display_altered'];
const subject = { title: '‹title›', merchant: '‹merchant›', lender: '‹lender›', sha256: '‹sha256›' };

/** Every text of a signer by its place, as it reads with marks where a value goes: `‹0›` for an argument, `{count}` for a name. */
function textsIn(language: CopyLanguage): Map<string, string> {
  const told = {
    ...Object.fromEntries(records.map(({ name, record }) => [name, record[language]])),
    fieldErrors: fieldErrorTemplates(language, stems),
    acceptRefusals: Object.fromEntries(refusals.map((code) => [code, acceptRefusal(language, code)])),
    consents: Object.fromEntries(consentsFor(language, subject).map(({ box, text }) => [box, text])),
  };
  return new Map(leaves('', told));
}

const portuguese = textsIn('pt-BR');

test('the texts are found', () => {
  expect(records.map(({ name }) => name)).toContain('journeyWords');
  expect(portuguese.size).toBeGreaterThan(100);
});

/** The grades that a signature here does not have (Lei 14.063/2020, art. 4; eIDAS, art. 3), and what people call signatures with a certificate. */
const grades =
  /advanced|qualified|certified|avançad|qualificad|certificad|avanzad|cualificad|calificad|avancerad|kvalificerad|certifierad/i;

describe.each(copyLanguages)('in %s', (language) => {
  const texts = textsIn(language);

  test('no text claims another grade of signature than a simple one', () => {
    expect([...texts].filter(([, text]) => grades.test(text))).toEqual([]);
  });

  test('every text is there, and names the same values as in Portuguese', () => {
    const marks = (from: Map<string, string>) => Object.fromEntries([...from].map(([at, text]) => [at, marksOf(text)]));
    expect(marks(texts)).toEqual(marks(portuguese));
  });

  test('no text is blank, and none has a space too many', () => {
    const untidy = [...texts].filter(
      ([at, text]) => /^\s|^$| {2}/.test(text) || (/\s$/.test(text) && !/Prefix$/.test(at)),
    );
    expect(untidy).toEqual([]);
  });

  test('no sentence stands in the words of another language', () => {
    const others = copyLanguages.filter((other) => other !== language).map((other) => textsIn(other));
    const borrowed = [...texts].filter(
      ([at, text]) => isSentence(text) && others.some((other) => other.get(at) === text),
    );
    expect(borrowed).toEqual([]);
  });
});

type PerEachLanguage = Record<CopyLanguage, unknown>;

/** What a file of this folder exports per language. */
async function recordsOf(file: string): Promise<{ name: string; record: PerEachLanguage }[]> {
  const exported: Record<string, unknown> = await import(/* @vite-ignore */ `./${file}`);
  return Object.entries(exported).flatMap(([name, record]) => (isPerLanguage(record) ? [{ name, record }] : []));
}

function isPerLanguage(value: unknown): value is PerEachLanguage {
  return typeof value === 'object' && value !== null && copyLanguages[0] in value;
}

function leaves(at: string, value: unknown): [string, string][] {
  if (typeof value === 'string') return [[at, value]];
  if (typeof value === 'function') return [[at, String(value(...Array.from({ length: value.length }, mark)))]];
  return Object.entries(value ?? {}).flatMap(([name, inner]) => leaves(`${at}/${name}`, inner));
}

function mark(_: unknown, position: number): string {
  return `‹${position}›`;
}

function marksOf(text: string): string[] {
  return (text.match(/‹\w+…?›|\{\w+\}/g) ?? []).toSorted();
}

/** Two words may be alike in two languages; what stands for a value is no word. */
function isSentence(text: string): boolean {
  const words = text.replaceAll(/\{\w+\}/g, ' ').match(/[\p{L}\p{N}‹›…'’-]+/gu) ?? [];
  return words.length >= 3;
}
