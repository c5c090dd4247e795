import { expect, test } from 'vitest';
import { preferredLanguage } from './accept-language.ts';

test('only a language that the answer can be given in is chosen', () => {
  const header = 'sv-SE,sv;q=0.9,es;q=0.8,en;q=0.7';
  expect(preferredLanguage(header, ['pt-BR', 'en'], 'pt-BR')).toBe('en');
  expect(preferredLanguage(header, ['pt-BR', 'en', 'es'], 'pt-BR')).toBe('es');
  expect(preferredLanguage(header, ['pt-BR', 'en', 'es', 'sv'], 'pt-BR')).toBe('sv');
  expect(preferredLanguage('es-419', ['pt-BR', 'es'], 'pt-BR')).toBe('es');
});

test.each<[string | undefined, string]>([
  [undefined, 'en'],
  ['', 'en'],
  ['pt-BR,pt;q=0.9,en;q=0.8', 'pt-BR'],
  ['PT-pt', 'pt-BR'],
  ['en-GB', 'en'],
  ['fr, pt;q=0.2, en;q=0.1', 'pt-BR'],
  ['pt;q=0, en;q=0.1', 'en'],
  ['pt;q=0', 'en'],
  ['en;q=0.3,pt;q=0.8', 'pt-BR'],
  ['*', 'en'],
  ['pt;q=nonsense', 'en'],
  [`${'x,'.repeat(5_000)}pt`, 'en'],
])('of %j the answer is in %s', (header, language) => {
  expect(preferredLanguage(header, ['pt-BR', 'en'], 'en')).toBe(language);
});
