import { testBuildId, testSoftware } from '../software.ts';
import { wrongField } from './cross-vectors.ts';
import { type DossierVector, edit, made } from './vector.ts';

type Members = Record<string, unknown>;

/** Dossiers that contradict themselves about the program that took the acceptance, although everything around is right. */
export const softwareVectors: DossierVector[] = [
  ...'softwareBuild softwareVersion softwareCommit lockSha256 sourcesSha256'
    .split(' ')
    .flatMap((name) => wrongField('integrity', name)),
  ...'templateSha256 cssSha256 scriptSha256'.split(' ').flatMap((name) => wrongField('presentation', name)),
  taking('with a digest that is none', 'INPUT_ERROR', { build: testBuildId, lockSha256: 'x' }),
  taking('of a development server', 'VALID', { build: 'development', missing: 'development_server' }),
  taking('of another build than the page', 'VALID', { ...testSoftware, build: 'another' }),
  taking('whose commit nobody could tell', 'VALID', withoutCommit()),
  releasing('the same', 'VALID', { build: testBuildId, ...testSoftware }),
  releasing('the same, built from no repository', 'VALID', withoutCommit()),
  releasing('the same, with nothing written down', 'VALID', { build: testBuildId, missing: 'no_build_manifest' }),
  releasing('other packages', 'TAMPERED', { build: testBuildId, ...testSoftware, lockSha256: '0'.repeat(64) }),
  releasing('other sources', 'TAMPERED', { build: testBuildId, ...testSoftware, sourcesSha256: '0'.repeat(64) }),
  releasing('no version', 'TAMPERED', { build: testBuildId, sourcesSha256: testSoftware.sourcesSha256 }),
  releasing('another build', 'VALID', { build: 'another', ...testSoftware, lockSha256: '0'.repeat(64) }),
];

function withoutCommit(): Members {
  const { commit: _, ...software } = testSoftware;
  return { build: testBuildId, ...software, commitMissing: 'no_repository' };
}

function taking(what: string, verdict: DossierVector['verdict'], software: Members): DossierVector {
  return made(`an acceptance by a program ${what}`, verdict, {
    changeParts: edit<Members>('acceptance.json', (record) => Object.assign(record, { software })),
  });
}

/** In the log, as if it had been said so. */
function releasing(what: string, verdict: DossierVector['verdict'], release: Members): DossierVector {
  return made(`a release in the log with ${what}`, verdict, { release });
}
