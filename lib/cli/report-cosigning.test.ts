import { expect, test } from 'vitest';
import { createLogger } from '#lib/http/log.ts';
import type { CosigningOutcome } from '#lib/usecases/system/cosign-checkpoints.ts';
import { cosigningReporter } from './report-cosigning.ts';

const fine = { witness: 'w1', ok: true, size: 5, isNew: true } as const;
const away = { witness: 'w1', ok: false, code: 'away', reason: 'timeout' } as const;

/** The levels and messages of what is said about these rounds, one after another. */
function saidOf(...rounds: CosigningOutcome[][]): string[] {
  const lines: string[] = [];
  const report = cosigningReporter(createLogger({ logLevel: 'info' }, { write: (line) => lines.push(line) }));
  for (const round of rounds) report(round);
  return lines.map((line) => {
    const { level, witness, outcome = 'fine' } = JSON.parse(line);
    return `${level} ${witness} ${outcome}`;
  });
}

test('a fault is told when it begins, when it changes and when it is over, not in between', () => {
  const refused = { ...away, code: 'refused', reason: 'unknown_log' } as const;
  const said = saidOf([fine], [away], [away], [refused], [refused], [fine], [fine], [away]);
  expect(said.map((line) => line.split(' ').at(-1))).toEqual(['away', 'refused', 'fine', 'away']);
});

test.each(['ahead', 'forked', 'untrue_cosignature'] as const)('%s is an error, and being away is none', (code) => {
  expect(saidOf([{ ...away, code }])).toEqual([`error w1 ${code}`]);
  expect(saidOf([away])).toEqual(['warn w1 away']);
});

test('witnesses are told apart', () => {
  expect(saidOf([away, { ...away, witness: 'w2' }], [fine, { ...away, witness: 'w2' }])).toHaveLength(3);
});
