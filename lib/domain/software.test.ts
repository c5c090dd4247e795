import { expect, test } from 'vitest';
import { testBuildId, testSoftware } from '#lib/testing/software.ts';
import { softwareOf } from './software.ts';

const written = JSON.stringify(testSoftware);

test('a build is known by the manifest that was left beside it', () => {
  expect(softwareOf(testBuildId, written)).toEqual(testSoftware);
});

test.each([
  ['no manifest', testBuildId, undefined],
  ['the manifest of an earlier build', 'another', written],
])('of a build with %s nothing is claimed', (_what, buildId, manifest) => {
  expect(softwareOf(buildId, manifest)).toEqual({ missing: 'no_build_manifest' });
});
