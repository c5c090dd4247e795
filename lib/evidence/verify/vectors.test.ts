import { describe, expect, test } from 'vitest';
import { dossierVectors } from '#lib/testing/dossier-vectors/dossier-vectors.ts';
import { rememberingStamps } from '#lib/testing/valid-mutations.ts';
import { verifyDossier } from './verify-dossier.ts';

const verifyTimeStamp = rememberingStamps();

describe('the verdict on', () => {
  test.each(dossierVectors)('$name is $verdict', async ({ verdict, make }) => {
    const verification = await verifyDossier({ ...(await make()), verifyTimeStamp });
    const told = verification.checks.flatMap(({ id, detail }) => (detail === undefined ? [] : [`${id}: ${detail}`]));
    expect(verification.verdict, told.join('\n')).toBe(verdict);
  });

  test('every name of the list is there once', () => {
    const names = dossierVectors.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
