import { expect, test } from 'vitest';
import { bodyForms, respellTimestamp } from './body-form.ts';

test.each(Object.entries(bodyForms))('%s has its first spelling and at least one other', (_field, spellings) => {
  expect(new Set<string>(spellings).size).toBeGreaterThan(1);
});

test.each([
  ['2026-01-31 23:59:59', '31-01-2026 23:59:59'],
  ['2026-02-03 00:00:00', '03-02-2026 00:00:00'],
])('%s and %s are one moment of the wall', (yearFirst, dayFirst) => {
  for (const text of [yearFirst, dayFirst]) {
    expect(respellTimestamp(text, 'YYYY-MM-DD HH:MM:SS')).toBe(yearFirst);
    expect(respellTimestamp(text, 'DD-MM-YYYY HH:MM:SS')).toBe(dayFirst);
  }
});

test.each(['', '2026-01-31T23:59:59Z', '31/01/2026 23:59:59', '2026-01-31 23:59:59 '])('%j is neither', (text) => {
  expect(respellTimestamp(text, 'YYYY-MM-DD HH:MM:SS')).toBeUndefined();
});
