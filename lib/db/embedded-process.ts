import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/** True while `pid` runs. A zombie whose parent never asked for it does not. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, but belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return (await processStat(pid))?.state !== 'Z';
}

/**
 * Names a process for as long as the machine is up: its number alone is given again to others, inside a container often to
 * the very next start. Where the system tells no start time the number has to do.
 */
export async function processMark(pid: number): Promise<string> {
  return `${pid}-${(await processStat(pid))?.startedAt ?? 'unknown'}`;
}

export async function isMarkRunning(mark: string): Promise<boolean> {
  const pid = Number.parseInt(mark, 10);
  return Number.isInteger(pid) && (await isRunning(pid)) && (await processMark(pid)) === mark;
}

/** True when `pid` is a Postgres that works in `dataFolder`, which is its working directory from its first moment on. */
export async function isPostgresOf(pid: number, dataFolder: string): Promise<boolean> {
  if (!(await isRunning(pid))) return false;
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === dataFolder;
  } catch {
    const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).catch(() => ({
      stdout: '',
    }));
    return stdout.includes(dataFolder);
  }
}

/** Fields 3 and 22 of Linux's /proc/<pid>/stat; undefined where there is none. */
async function processStat(pid: number): Promise<{ state: string; startedAt: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // The command name before it may hold blanks and brackets, so the fields are counted from its end.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startedAt: fields[19] ?? '' };
}
