import { expect, test } from 'vitest';
import { flippedBits } from './dossier-mutations.ts';
import { referenceDossier } from './reference-dossier.ts';
import { validMutations } from './valid-mutations.ts';

test('no dossier with any one bit turned over is valid', async () => {
  const { dossier, trust } = await referenceDossier();
  const { valid, tried } = await validMutations(flippedBits(dossier, 1), trust);
  expect(valid).toEqual([]);
  expect(tried).toBe(dossier.length * 8);
});
