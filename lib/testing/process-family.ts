import { readdirSync, readFileSync } from 'node:fs';

/** All processes below `pid`, nearest first, read from /proc; `command` is the program's own short name. Linux only. */
export function descendantsOf(pid: number): { pid: number; command: string }[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
  const found: { pid: number; command: string }[] = [];
  let parents = [pid];
  while (parents.length > 0) {
    const children = all.filter((one) => parents.includes(one.parent));
    found.push(...children.map(({ pid: child, command }) => ({ pid: child, command })));
    parents = children.map((one) => one.pid);
  }
  return found;
}

/** SIGKILL to each; one that has ended meanwhile is as dead as asked. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/** `pid (command) state ppid …`; the command may itself hold blanks and brackets, so the last bracket counts. */
function readProcess(pid: number): { pid: number; parent: number; command: string }[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    const parent = Number(stat.slice(end + 2).split(' ')[1]);
    return [{ pid, parent, command: stat.slice(stat.indexOf('(') + 1, end) }];
  } catch {
    // It ended while we were reading.
    return [];
  }
}
