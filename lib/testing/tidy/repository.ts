import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './rule.ts';
import { readSource } from './source.ts';

const binary = /\.(?:png|jpe?g|webp|ico|pdf|ttf|woff2?)$/;

/** Reads every file that git would not ignore; needs no git, so that an unpacked archive can be checked too. */
export function readRepository(root: string): Repository {
  const ignored = ignoredNames(readFileSync(join(root, '.gitignore'), 'utf8'));
  const repository: Repository = new Map();
  for (const path of filesBelow(root, '', ignored)) {
    repository.set(path, readSource(path, binary.test(path) ? '' : readFileSync(join(root, path), 'utf8')));
  }
  return repository;
}

/** Our ignore file holds plain names and `*.ending`, no paths; anything else would need git's own rules. */
function ignoredNames(gitignore: string): (name: string) => boolean {
  const entries = gitignore.split('\n').flatMap((line) => line.trim().replace(/\/$/, '') || []);
  return (name) =>
    name === '.git' ||
    entries.some((entry) => (entry.startsWith('*') ? name.endsWith(entry.slice(1)) : name === entry));
}

function filesBelow(root: string, folder: string, ignored: (name: string) => boolean): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(({ name }) => !ignored(name));
  return entries.flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    return entry.isDirectory() ? filesBelow(root, path, ignored) : [path];
  });
}
