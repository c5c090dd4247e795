import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMarkRunning, processMark } from './embedded-process.ts';
import { EmbeddedRefusal } from './embedded-refusal.ts';

/** Longer than any start or stop that goes well, recovery after a crash included. */
const lockTimeoutMs = 300_000;

const pollMs = 25;

/** Lets one process at a time start or stop the server of a data folder. The lock of a dead process counts for nothing. */
export async function withLaunchLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const lock = join(dataDir, 'postgres.lock');
  const mark = await processMark(process.pid);
  // Two calls within one process exclude each other too, hence the counter in the draft's name.
  const draft = `${lock}.${mark}.${++draftsMade}`;
  await writeFile(draft, mark, { mode: 0o600 });
  try {
    await takeLock(lock, draft);
    return await work().finally(() => rm(lock, { force: true }));
  } finally {
    await rm(draft, { force: true });
  }
}

let draftsMade = 0;

async function takeLock(lock: string, draft: string): Promise<void> {
  const deadline = performance.now() + lockTimeoutMs;
  while (performance.now() < deadline) {
    try {
      // A link appears with its content or not at all.
      return await link(draft, lock);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readFile(lock, 'utf8').catch(() => undefined);
    if (holder !== undefined && !(await isMarkRunning(holder))) await rm(lock, { force: true });
    else await sleep(pollMs);
  }
  throw new EmbeddedRefusal(
    'in_use',
    `Another start of the embedded Postgres does not come to an end. When none is running, delete ${lock} and start again.`,
  );
}

/** Notes that this process uses the server, so that no other one stops it under our feet. Gives the name of the note. */
export async function joinUsers(dataDir: string): Promise<string> {
  const folder = usersFolder(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const note = `${await processMark(process.pid)}.${++notesMade}`;
  await writeFile(join(folder, note), '');
  return note;
}

/** Takes the note back; true when nobody else uses the server any more. */
export async function leaveUsers(dataDir: string, note: string): Promise<boolean> {
  const folder = usersFolder(dataDir);
  await rm(join(folder, note), { force: true });
  for (const other of await readdir(folder)) {
    if (await isMarkRunning(other.slice(0, other.lastIndexOf('.')))) return false;
    await rm(join(folder, other), { force: true });
  }
  return true;
}

let notesMade = 0;

function usersFolder(dataDir: string): string {
  return join(dataDir, 'postgres-users');
}
