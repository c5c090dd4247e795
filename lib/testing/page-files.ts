import { glob } from 'node:fs/promises';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..', '..');

/** Every file that makes a page that people can be shown, from the project's folder, sorted. */
export async function pageFiles(): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob('app/**/{page,not-found}.tsx', { cwd: project })) files.push(file);
  return files.sort();
}
