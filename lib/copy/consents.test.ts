import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buttonLabel, consentsFor, noticeFor } from './consents.ts';
import { copyLanguages, type PerLanguage } from './language.ts';

const subject = {
  title: 'Cédula de crédito 4456',
  merchant: 'Loja Exemplo',
  lender: 'Credor Exemplo',
  sha256: `0a1b2c3d${'f'.repeat(56)}`,
};

/** Consents are evidence: whoever changes a word gives it a new version, and then a new line here. */
const published: Record<string, string> = {
  'consent-contract-pt-BR@1': 'e07c96f26f88f9fb',
  'consent-method-pt-BR@1': 'ff2d8f1ad6509bd0',
  'notice-recording-pt-BR@1': '8f0cd0e5932614f4',
  'consent-contract-en@1': '6507fc20fd3dc61a',
  'consent-method-en@1': '7bcd061ce98ba951',
  'notice-recording-en@1': '5aa787811e607015',
  'consent-contract-es@1': '0f1c832562d5f0af',
  'consent-method-es@1': '78fa7162644aa2b9',
  'notice-recording-es@1': 'c995053ce351c23c',
  'consent-contract-sv@1': '6c0ac3fbfca400d1',
  'consent-method-sv@1': '4ae98f195c81d297',
  'notice-recording-sv@1': '5e39059c90112aac',
};

const quotes: PerLanguage<[string, string]> = {
  'pt-BR': ['"', '"'],
  en: ['"', '"'],
  es: ['«', '»'],
  sv: ['”', '”'],
};

describe.each(copyLanguages)('in %s', (language) => {
  const consents = consentsFor(language, subject);
  const [contract, method] = consents;
  const [opening, closing] = quotes[language];
  const quoted = (words: string) => `${opening}${words}${closing}`;

  test('there is one promise per box, each with an id that names language and version', () => {
    expect(consents.map(({ box, id }) => [box, id])).toEqual([
      ['agreeContract', `consent-contract-${language}@1`],
      ['agreeMethod', `consent-method-${language}@1`],
    ]);
  });

  test('the first promise names the contract and the beginning of its hash', () => {
    expect(contract?.text).toContain(quoted('Cédula de crédito 4456'));
    expect(contract?.text).toContain(' 0a1b2c3d…');
  });

  test('the second promise names both parties and the very words of the button', () => {
    expect(method?.text).toContain('Loja Exemplo');
    expect(method?.text).toContain('Credor Exemplo');
    expect(method?.text).toContain(quoted(buttonLabel(language)));
  });

  test('no text of a published version has changed', () => {
    const texts = [...consents, noticeFor(language)].map(({ id, text }) => [id, fingerprint(text)]);
    expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(texts.map(([id = '']) => [id, published[id]])));
  });
});

test('a title that looks like a placeholder stays what it is', () => {
  const [contract] = consentsFor('en', { ...subject, title: '{lender} $& {nothing}' });
  expect(contract?.text).toContain('"{lender} $& {nothing}"');
});

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
