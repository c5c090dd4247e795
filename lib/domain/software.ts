/** What a build was made of and what came of it. Digests are SHA-256 in lower-case hexadecimal. */
export type BuildManifest = {
  version: string;
  /** Only where the sources were those of the commit, to the letter. */
  commit?: string;
  commitMissing?: 'no_repository' | 'sources_differ_from_commit';
  /** Of `package-lock.json`: every package with its version and its own digest. */
  lockSha256: string;
  /** Of everything that goes into a build; the build's id is the beginning of it. */
  sourcesSha256: string;
  /** Of the list that `sha256sum` prints of the style sheets, of what renders pages on the server, and of the browser's scripts. */
  cssSha256: string;
  templateSha256: string;
  scriptSha256: string;
};

/** The manifest of the running build, or why there is none: a development server builds page by page, while people look at them. */
export type Software = BuildManifest | { missing: 'development_server' | 'no_build_manifest' };

/** Long enough that no two sources ever share one, short enough for an address. */
const buildIdCharacters = 20;

/** The name of a build. Equal sources have the same, whoever builds them and wherever. */
export function buildIdOf(sourcesSha256: string): string {
  return sourcesSha256.slice(0, buildIdCharacters);
}

/** Where the manifest lies, in the folder of the build. */
export const buildManifestName = 'aceite-build.json';

/** What is known of a build by the text that was left beside it. One that was made by hand has a name, but nobody has written down the rest. */
export function softwareOf(buildId: string, manifest: string | undefined): Software {
  const written: BuildManifest | undefined = manifest === undefined ? undefined : JSON.parse(manifest);
  return written && buildIdOf(written.sourcesSha256) === buildId ? written : { missing: 'no_build_manifest' };
}
