import { type BuildManifest, buildIdOf } from '#lib/domain/software.ts';

/** An invented build, with everything that a manifest tells. */
export const testSoftware: BuildManifest = {
  version: '0.1.0',
  commit: '4f2a91c07be3d5a8f6c19e2b7d40a5836f1c9e02',
  lockSha256: '1'.repeat(64),
  sourcesSha256: '2'.repeat(64),
  cssSha256: '3'.repeat(64),
  templateSha256: '4'.repeat(64),
  scriptSha256: '5'.repeat(64),
};

export const testBuildId = buildIdOf(testSoftware.sourcesSha256);
