import { expect, test } from 'vitest';
import { backupFinding } from './backup-check.ts';

const day = 86_400;
const known = {
  what: 'made' as const,
  takenAt: new Date('2031-05-06T07:08:09.010Z'),
  notedAt: new Date('2031-05-07T00:00:00.000Z'),
  ageSeconds: 5 * 3_600,
  sha256: 'ab'.repeat(32),
  logSize: 100,
  logSizeNow: 120,
};

test.each([
  ['that is there', {}, 'ok', 'ok', /5 hours old, and it holds 100 of the 120 .*SHA-256 abababababab….*only a restore/],
  ['of the night before last', { ageSeconds: 2 * day }, 'ok', 'ok', /2 days old/],
  ['that is older', { ageSeconds: 2 * day + 1 }, 'warning', 'failed', /2 days old, and it holds 100 of the 120/],
  [
    'of the database from which this one was restored',
    { what: 'restored' as const },
    'warning',
    'failed',
    /restored on 2031-05-07T00:00:00\.000Z from the backup of 2031-05-06T07:08:09\.010Z, and none has been made/,
  ],
  [
    'that knows more than the database',
    { logSizeNow: 99 },
    'failed',
    'failed',
    /holds 100 .* the database 99: it went/,
  ],
])('a backup %s', (_, change, inSandbox, inProduction, sentence) => {
  for (const [mode, status] of [
    ['sandbox', inSandbox],
    ['production', inProduction],
  ] as const) {
    const finding = backupFinding({ ...known, ...change }, mode);
    expect(finding).toMatchObject({ status, sentence: expect.stringMatching(sentence) });
    if (finding.status !== 'ok') expect(finding.whatToDo[0]).toMatch(/npm run aceite -- (?:backup|audit)/);
  }
});

test('none at all is a warning where people play, and a failure where they sign', () => {
  const told = { sentence: expect.stringMatching(/^No backup/), whatToDo: [expect.stringContaining('backup <file>')] };
  expect(backupFinding(undefined, 'sandbox')).toMatchObject({ status: 'warning', ...told });
  expect(backupFinding(undefined, 'production')).toMatchObject({ status: 'failed', ...told });
});
