import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const sources = [
  'app',
  'components',
  'lib',
  'public',
  'instrumentation.ts',
  'next.config.js',
  'package-lock.json',
  'package.json',
  'postcss.config.mjs',
  'tsconfig.json',
];
/** What never gets into the bundle; a changed test must not cost a build. */
const notBuilt = /^lib\/(?:cli|testing|decisions)\/|\.test\.tsx?$|\.md$/;

/** SHA-256 over everything that goes into a build. Undefined where a build came without its sources, as in a container image. */
export async function hashSources(folder: string): Promise<string | undefined> {
  if (!existsSync(join(folder, 'app'))) return undefined;
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  const paths = (await Promise.all(sources.map((source) => filesBelow(folder, source)))).flat();
  const built = paths.filter((path) => !notBuilt.test(path)).sort();
  const texts = await Promise.all(built.map((path) => readFile(join(folder, path))));
  for (const [index, path] of built.entries()) hash.update(`\n${path}\n`).update(texts[index] ?? '');
  return hash.digest('hex');
}

/** The files at or below a place in a folder, by their names from there; none where there is no such place. */
export async function filesBelow(folder: string, place: string): Promise<string[]> {
  const path = join(folder, place);
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [place];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
}
