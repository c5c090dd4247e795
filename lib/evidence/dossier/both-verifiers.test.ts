import { beforeAll, expect, test } from 'vitest';
import { differingVerdicts } from '#lib/testing/differing-verdicts.ts';
import { needPythonAndOpenSsl } from '#lib/testing/python-verifier.ts';

const patientMs = 600_000;

beforeAll(needPythonAndOpenSsl);

/** The trial `mutations` judges 1,000. */
test('both verifiers have the same verdict on 150 changed dossiers', { timeout: patientMs }, async () => {
  expect(await differingVerdicts(150)).toEqual({ differing: [], judged: 150 });
});
