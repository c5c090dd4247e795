import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { isMarkRunning, processMark } from '#lib/db/embedded-process.ts';
import { CommandFailure } from './command.ts';

/** Takes a lock file for this process; refuses in those words while another one has it. Gives back what lets it go; a dead process holds nothing. */
export async function takeLock(lock: string, refusal: string): Promise<() => Promise<void>> {
  const mark = await processMark(process.pid);
  const draft = `${lock}.${mark}`;
  await writeFile(draft, mark, { mode: 0o600 });
  try {
    const holder = await readFile(lock, 'utf8').catch(() => undefined);
    if (holder !== undefined && !(await isMarkRunning(holder))) await rm(lock, { force: true });
    // A link appears with its content or not at all.
    await link(draft, lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CommandFailure(refusal);
  } finally {
    await rm(draft, { force: true });
  }
  return () => rm(lock, { force: true });
}
