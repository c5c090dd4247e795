import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needPythonAndOpenSsl, runPythonVerifier } from '#lib/testing/python-verifier.ts';
import { referenceDossier } from '#lib/testing/reference-dossier.ts';
import { readingLimits } from './reading-limits.ts';
import { verifyTimeStamp } from './time-stamp/verify.ts';
import { verifyDossier } from './verify-dossier.ts';

/** Words of whoever made the dossier must not bury the verdict under them. */

const folder = mkdtempSync(join(tmpdir(), 'aceite-details-'));
beforeAll(needPythonAndOpenSsl);
afterAll(() => rmSync(folder, { recursive: true }));

const hostile = () =>
  referenceDossier({
    changeStory: (events) => Object.assign(events[0]?.parts ?? {}, { ['x'.repeat(100_000)]: 'contract.txt' }),
  });

test('a detail is cut where it would become long', async () => {
  const { verdict, checks } = await verifyDossier({ ...(await hostile()), verifyTimeStamp });
  expect(verdict).toBe('INCOMPLETE');
  const detail = checks.find(({ id }) => id === 'commits')?.detail ?? '';
  expect(detail).toMatch(/^the part "x+$/);
  expect(detail).toHaveLength(readingLimits.detailLength);
});

test('the second verifier cuts its reasons at the same length', async () => {
  const { dossier, trust } = await hostile();
  const [path, trustPath] = [join(folder, 'hostile.zip'), join(folder, 'trust.json')];
  writeFileSync(path, dossier);
  writeFileSync(trustPath, trust);
  const { out } = runPythonVerifier([path, '--trust', trustPath]);
  const [, reason = ''] = /^commits +> (event 1 commits to .*)$/m.exec(out) ?? [];
  expect(reason).toHaveLength(readingLimits.detailLength);
});
