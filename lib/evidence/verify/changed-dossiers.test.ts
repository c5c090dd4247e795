import { expect, test } from 'vitest';
import { dossierMutations, flippedBits } from '#lib/testing/dossier-mutations.ts';
import { turnEveryBit } from '#lib/testing/every-bit.ts';
import { referenceDossier } from '#lib/testing/reference-dossier.ts';
import { validMutations } from '#lib/testing/valid-mutations.ts';

const patientMs = 600_000;

/** A prime, so that every place in a byte has its turn. */
const stride = 251;

test('no dossier with any one bit turned over is valid', { timeout: patientMs }, async () => {
  const { dossier, trust, files } = await referenceDossier();
  const { passed, turned } = turnEveryBit(dossier);
  expect(turned).toBe(dossier.length * 8);
  // The seal has 512 bits; but for it and the name of the session in the list, the first steps see everything.
  expect(passed.length).toBeGreaterThanOrEqual((files.get('manifest.sig')?.length ?? 0) * 8);
  expect(await validMutations(passed, trust)).toEqual({ valid: [], tried: passed.length });
});

test('what the first steps see, the whole verifier does not take for valid', { timeout: patientMs }, async () => {
  const { dossier, trust } = await referenceDossier();
  const { valid, tried } = await validMutations(flippedBits(dossier, stride), trust);
  expect(valid).toEqual([]);
  expect(tried).toBe(Math.ceil((dossier.length * 8) / stride));
});

/** The trial `mutations` makes 10,000. */
test('none of 2,000 changed dossiers is valid', { timeout: patientMs }, async () => {
  const reference = await referenceDossier();
  const { valid, tried } = await validMutations(dossierMutations(reference, 2_000, 20_261_120), reference.trust);
  expect(valid).toEqual([]);
  expect(tried).toBe(2_000);
});
