import { expect, test } from 'vitest';
import { dossierMutations, flippedBits } from '#lib/testing/dossier-mutations.ts';
import { referenceDossier } from '#lib/testing/reference-dossier.ts';
import { turnBits } from '#lib/testing/turned-bits.ts';
import { validMutations } from '#lib/testing/valid-mutations.ts';

const patientMs = 600_000;

/** Below eight, so that no byte is left as it is, and a prime, so that every place in a byte has its turn. The trial `mutations` turns all bits. */
const stride = 7;

/** The same for the whole verifier, which takes a thousand times longer. The trial has the prime 251. */
const wholeStride = 1_009;

test('no dossier with a bit turned over in any one byte is valid', { timeout: patientMs }, async () => {
  const { dossier, trust, files } = await referenceDossier();
  const { passed, turned } = turnBits(dossier, stride);
  expect(turned).toBe(Math.ceil((dossier.length * 8) / stride));
  // The seal's bits among them; but for it and the name of the session in the list, the first steps see everything.
  const ofSeal = Math.floor(((files.get('manifest.sig')?.length ?? 0) * 8) / stride);
  expect(passed.length).toBeGreaterThanOrEqual(ofSeal);
  expect(await validMutations(passed, trust)).toEqual({ valid: [], tried: passed.length });
});

test('what the first steps see, the whole verifier does not take for valid', { timeout: patientMs }, async () => {
  const { dossier, trust } = await referenceDossier();
  const { valid, tried } = await validMutations(flippedBits(dossier, wholeStride), trust);
  expect(valid).toEqual([]);
  expect(tried).toBe(Math.ceil((dossier.length * 8) / wholeStride));
});

/** The trial `mutations` makes 10,000. */
test('none of 500 changed dossiers is valid', { timeout: patientMs }, async () => {
  const reference = await referenceDossier();
  const { valid, tried } = await validMutations(dossierMutations(reference, 500, 20_261_120), reference.trust);
  expect(valid).toEqual([]);
  expect(tried).toBe(500);
});
