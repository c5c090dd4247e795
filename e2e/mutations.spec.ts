import { expect, test } from '@playwright/test';
import { differingVerdicts } from '#lib/testing/differing-verdicts.ts';
import { dossierMutations } from '#lib/testing/dossier-mutations.ts';
import { needPythonAndOpenSsl } from '#lib/testing/python-verifier.ts';
import { referenceDossier } from '#lib/testing/reference-dossier.ts';
import { validMutations } from '#lib/testing/valid-mutations.ts';

/** A trial: what the ordinary tests try in a fifth of the number. */
test.setTimeout(1_800_000);

test('none of 10,000 changed dossiers is valid', async () => {
  const reference = await referenceDossier();
  const judged = await validMutations(dossierMutations(reference, 10_000, 20_261_120), reference.trust);
  expect(judged).toEqual({ valid: [], tried: 10_000 });
});

test('both verifiers have the same verdict on 1,000 changed dossiers', async () => {
  needPythonAndOpenSsl();
  expect(await differingVerdicts(1_000)).toEqual({ differing: [], judged: 1_000 });
});
