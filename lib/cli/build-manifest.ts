import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BuildManifest } from '#lib/domain/software.ts';
import { filesBelow, sources } from './hash-sources.ts';

const run = promisify(execFile);

/** Next's own lists are made anew in every build, some with a key inside: they say nothing of what a page looks like. */
const renders = /^server\/(?!.*manifest[^/]*\.js$).*\.js$/;

/** Says what a build in `builtFolder` was made of and what came of it: the same sources give the same words. */
export async function buildManifest(
  folder: string,
  builtFolder: string,
  sourcesSha256: string,
): Promise<BuildManifest> {
  const [packageFile, lockFile] = await Promise.all(
    ['package.json', 'package-lock.json'].map((name) => readFile(join(folder, name))),
  );
  const built = (await Promise.all(['server', 'static'].map((place) => filesBelow(builtFolder, place)))).flat();
  const listSha256 = (wanted: RegExp) => sha256OfList(builtFolder, built.filter((path) => wanted.test(path)).sort());
  return {
    version: String(JSON.parse(packageFile?.toString() ?? '').version),
    ...(await commitOf(folder)),
    lockSha256: sha256(lockFile ?? ''),
    sourcesSha256,
    cssSha256: await listSha256(/^static\/.*\.css$/),
    templateSha256: await listSha256(renders),
    scriptSha256: await listSha256(/^static\/(?!.*anifest[^/]*\.js$).*\.js$/),
  };
}

/** Of the words that `sha256sum` prints, so that an expert needs no program of ours. */
async function sha256OfList(folder: string, paths: readonly string[]): Promise<string> {
  const lines = await Promise.all(
    paths.map(async (path) => `${sha256(await readFile(join(folder, path)))}  ${path}\n`),
  );
  return sha256(lines.join(''));
}

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** A commit names the sources only when nothing was changed since. */
async function commitOf(folder: string): Promise<Pick<BuildManifest, 'commit' | 'commitMissing'>> {
  const git = async (...args: string[]) => (await run('git', ['-C', folder, ...args])).stdout.trim();
  try {
    const commit = await git('rev-parse', '--verify', 'HEAD');
    const changed = await git('status', '--porcelain', '--', ...sources);
    return changed === '' ? { commit } : { commitMissing: 'sources_differ_from_commit' };
  } catch {
    return { commitMissing: 'no_repository' };
  }
}
