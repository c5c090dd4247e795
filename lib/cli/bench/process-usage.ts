import { readFile } from 'node:fs/promises';

/** Linux counts in hundredths of a second on every machine that it shows to programs (USER_HZ). */
const msPerTick = 10;
const kibibytesPerMebibyte = 1024;

/** Why a figure about another process is missing. */
export const procMissing = 'the system has no /proc, by which one process sees the use of another';

/** The CPU time that a process has used so far, all threads, user and system, in milliseconds; undefined where there is no /proc. */
export async function cpuMsOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name in parentheses may hold blanks; after it come the third field and the rest, of which utime and stime are 14th and 15th.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [fields?.[11], fields?.[12]];
  return user === undefined || system === undefined ? undefined : (Number(user) + Number(system)) * msPerTick;
}

/** The memory of a process that lies in RAM, in MiB; undefined where there is no /proc. */
export async function residentMiBOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / kibibytesPerMebibyte;
}
