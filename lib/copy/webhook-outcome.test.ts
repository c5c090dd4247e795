import { expect, test } from 'vitest';
import { webhookFailures } from '#lib/domain/webhook-failure.ts';
import { staffLanguages } from './language.ts';
import { webhookOutcomeWords } from './webhook-outcome.ts';

test.each([
  ['http_204', 'received, answer 204'],
  ['http_302', 'answer 302: a redirect, which is never followed; give the final address instead'],
  ['http_410', 'answer 410: the receiver is gone'],
  ['http_500', 'refused, answer 500'],
  ['timeout', 'no whole answer in time'],
  ['something_of_tomorrow', 'something_of_tomorrow'],
  ['constructor', 'constructor'],
  ['refused', 'refused'],
])('%s is told as %j', (outcome, words) => {
  expect(webhookOutcomeWords('en', outcome)).toBe(words);
});

test.each(staffLanguages)('in %s every failure is a sentence of its own, and no code', (language) => {
  const sentences = webhookFailures.map((failure) => webhookOutcomeWords(language, failure));
  expect(new Set(sentences).size).toBe(webhookFailures.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^[^_]+ [^_]+$/);
});
