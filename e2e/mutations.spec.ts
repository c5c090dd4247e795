import { expect, test } from '@playwright/test';
import { differingVerdicts } from '#lib/testing/differing-verdicts.ts';
import { dossierMutations, flippedBits } from '#lib/testing/dossier-mutations.ts';
import { needPythonAndOpenSsl } from '#lib/testing/python-verifier.ts';
import { referenceDossier } from '#lib/testing/reference-dossier.ts';
import { turnBits } from '#lib/testing/turned-bits.ts';
import { validMutations } from '#lib/testing/valid-mutations.ts';

/** A trial: what the ordinary tests try in a smaller number. */
test.setTimeout(1_800_000);

test('no dossier with any one bit turned over is valid', async () => {
  const { dossier, trust, files } = await referenceDossier();
  const { passed, turned } = turnBits(dossier);
  expect(turned).toBe(dossier.length * 8);
  // The seal has 512 bits; but for it and the name of the session in the list, the first steps see everything.
  expect(passed.length).toBeGreaterThanOrEqual((files.get('manifest.sig')?.length ?? 0) * 8);
  expect(await validMutations(passed, trust)).toEqual({ valid: [], tried: passed.length });
});

test('what the first steps see, the whole verifier does not take for valid', async () => {
  const stride = 251;
  const { dossier, trust } = await referenceDossier();
  const judged = await validMutations(flippedBits(dossier, stride), trust);
  expect(judged).toEqual({ valid: [], tried: Math.ceil((dossier.length * 8) / stride) });
});

test('none of 10,000 changed dossiers is valid', async () => {
  const reference = await referenceDossier();
  const judged = await validMutations(dossierMutations(reference, 10_000, 20_261_120), reference.trust);
  expect(judged).toEqual({ valid: [], tried: 10_000 });
});

test('both verifiers have the same verdict on 1,000 changed dossiers', async () => {
  needPythonAndOpenSsl();
  expect(await differingVerdicts(1_000)).toEqual({ differing: [], judged: 1_000 });
});
