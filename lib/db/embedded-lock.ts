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
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
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

/** Notes that this process uses the server, so that no other one stops it under our feet. */
export async function joinUsers(dataDir: string): Promise<void> {
  const folder = usersFolder(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, await processMark(process.pid)), '');
}

/** Takes the note back; true when nobody else uses the server any more. */
export async function leaveUsers(dataDir: string): Promise<boolean> {
  const folder = usersFolder(dataDir);
  await rm(join(folder, await processMark(process.pid)), { force: true });
  for (const mark of await readdir(folder)) {
    if (await isMarkRunning(mark)) return false;
    await rm(join(folder, mark), { force: true });
  }
  return true;
}

function usersFolder(dataDir: string): string {
  return join(dataDir, 'postgres-users');
}
