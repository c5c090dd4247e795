import { expect, test } from 'vitest';
import { type Figure, figureTable, ofRounds, verdictOf } from './figure.ts';

const atLeast = { kind: 'at least', value: 0.6 } as const;
const atMost = { kind: 'at most', value: 2 } as const;

test.each([
  [{ value: 0.6, goal: atLeast }, 'reached'],
  [{ value: 0.59, goal: atLeast }, 'missed'],
  [{ value: 2, goal: atMost }, 'reached'],
  [{ value: 2.01, goal: atMost }, 'missed'],
  [{ goal: atMost }, 'not measured'],
  [{}, 'not measured'],
  [{ value: 7 }, 'no goal'],
])('%o is %s', (figure, verdict) => {
  expect(verdictOf({ part: '', name: '', unit: '', ...figure })).toBe(verdict);
});

test('rounds become their median, and say how far they lay apart; one round has no spread', () => {
  expect(ofRounds([5, 1, 3, 9])).toEqual({ value: 4, spread: { least: 1, most: 9 } });
  expect(ofRounds([5])).toEqual({ value: 5 });
});

test('the table says in words what was not measured, and why', () => {
  const figures: Figure[] = [
    { part: 'Lists', name: 'newest', unit: 'ms', ...ofRounds([1.234, 12.34, 123.4]) },
    { part: 'Lists', name: 'ratio', unit: '', value: 12_345, goal: atMost },
    { part: 'Ceiling', name: 'rate', unit: 'per second', goal: atLeast, note: 'there is no pgbench' },
  ];
  expect(figureTable(figures)).toBe(
    [
      'Lists',
      '  newest  12.3 ms       (1.23 to 123)',
      '  ratio   12 345                       ≤ 2     missed',
      '',
      'Ceiling',
      '  rate    not measured                 ≥ 0.60  not measured  there is no pgbench',
    ].join('\n'),
  );
});
