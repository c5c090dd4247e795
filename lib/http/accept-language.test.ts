import { expect, test } from 'vitest';
import { preferredLanguage } from './accept-language.ts';

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
