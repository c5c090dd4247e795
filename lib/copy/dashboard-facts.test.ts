import { expect, test } from 'vitest';
import { factLines, factWords } from './dashboard-facts.ts';
import { staffLanguages } from './language.ts';

test.each([
  ['connection_reset', 'a conexão caiu'],
  ['status_503', 'o credor respondeu HTTP 503'],
  ['refused_status_400', 'o credor respondeu HTTP 400; esperando a situação da dívida'],
  ['something_of_tomorrow', 'something_of_tomorrow'],
  ['constructor', 'constructor'],
])('%s is told as %j', (code, words) => {
  expect(factWords('pt-BR', code)).toBe(words);
});

test.each([
  [
    { outcome: 'rejected', reason: 'status_400', httpStatus: 400 },
    ['outcome: refused', 'reason: the lender answered HTTP 400'],
  ],
  [
    { outcome: 'waiting_signature', reason: 'waiting_signature', httpStatus: 200 },
    ['outcome: the lender still waits for the signature', 'HTTP: 200'],
  ],
  [{ changed: 'email phone', version: 2 }, ['fields: e-mail, mobile phone']],
  [{ contractSha256: 'ab', offerId: 'cd' }, []],
])('the facts %j are told once each, hashes and ids left to the evidence', (facts, lines) => {
  expect(factLines('en', facts)).toEqual(lines);
});

test.each(staffLanguages)('in %s no fact is told as a blank', (language) => {
  expect(factLines(language, { outcome: 'delivered', counted: false }).every((line) => /: \S/.test(line))).toBe(true);
});
