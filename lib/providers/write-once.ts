import { randomUUID } from 'node:crypto';
import { link, rm, writeFile } from 'node:fs/promises';

/** Writes a file, for its owner alone, whole or not at all, and never over one that is there: two processes may start together. */
export function writeOnce(file: string, text: string): Promise<void> {
  return appearOnce(file, (draft) => writeFile(draft, text, { mode: 0o600, flag: 'wx' }));
}

/** The same for a file that `write` makes at the path that it is given. */
export async function appearOnce(file: string, write: (draft: string) => void | Promise<void>): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await write(draft);
  try {
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
}
