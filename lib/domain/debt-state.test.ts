import { expect, test } from 'vitest';
import { debtMeaningOf, debtStateOf } from './debt-state.ts';

test.each([
  ['waiting_signature', 'waiting_signature'],
  ['signature_finished', 'signed'],
  ['signed', 'signed'],
  ['canceled ', 'debt_cancelled'],
  [' Canceled_Permanently\n', 'debt_cancelled'],
])('%j means %s', (text, meaning) => {
  expect(debtMeaningOf(debtStateOf(text))).toBe(meaning);
});

test.each(['', 'cancelled', 'constructor', '__proto__', 'signed?'])('%j is a state that we do not know', (text) => {
  expect(debtMeaningOf(debtStateOf(text))).toBeUndefined();
});
