import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A place to listen, and the setting with which a person moves it. */
export type WantedPort = { host: string; port: number; setting: string };

/** What an earlier start left behind lets go of its ports within this time; only a taken port waits for it. */
const usualPatienceMs = 3_000;
const lookAgainMs = 100;

/**
 * Tries each port before anything is started, so that a conflict is told at once and by name. Gives one sentence per port that
 * cannot be had; empty means that all are free.
 */
export async function checkPorts(wanted: WantedPort[], patienceMs = usualPatienceMs): Promise<string[]> {
  const sentences = await Promise.all(wanted.map((port) => checkPort(port, patienceMs)));
  return sentences.filter((sentence) => sentence !== undefined);
}

async function checkPort(wanted: WantedPort, patienceMs: number): Promise<string | undefined> {
  const deadline = performance.now() + patienceMs;
  let code = await tryListening(wanted);
  while (code === 'EADDRINUSE' && performance.now() < deadline) {
    await pause(lookAgainMs);
    code = await tryListening(wanted);
  }
  return code === undefined ? undefined : describe(wanted, code);
}

function tryListening({ host, port }: WantedPort): Promise<string | undefined> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? 'unknown'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => settle(undefined)));
  });
}

async function describe({ host, port, setting }: WantedPort, code: string): Promise<string> {
  if (code === 'EACCES') return `This user may not listen on port ${port}. Set ${setting} to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${host} is no address of this machine. Set HOST to one that is, such as 127.0.0.1.`;
  }
  if (code !== 'EADDRINUSE') return `Nobody can listen on ${host}:${port} (${code}). Set ${setting} to another port.`;
  const holder = (await findHolder(port)) ?? 'another program, perhaps a portal that is already running';
  return `Port ${port} is taken by ${holder}. Stop it, or set ${setting} to a free port.`;
}

/** The process that listens there, where the system tells (Linux, and only processes that this user may look at). */
async function findHolder(port: number): Promise<string | undefined> {
  const inodes = [
    ...(await listeningSockets('/proc/net/tcp', port)),
    ...(await listeningSockets('/proc/net/tcp6', port)),
  ];
  const sockets = new Set(inodes.map((inode) => `socket:[${inode}]`));
  if (sockets.size === 0) return undefined;
  for (const pid of (await namesIn('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (!(await holdsOne(pid, sockets))) continue;
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').filter(Boolean);
    return `${words.join(' ').slice(0, 120) || 'a process'} (process ${pid})`;
  }
  return undefined;
}

async function holdsOne(pid: string, sockets: Set<string>): Promise<boolean> {
  for (const descriptor of await namesIn(`/proc/${pid}/fd`)) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    if (sockets.has(target)) return true;
  }
  return false;
}

/** Lines of /proc/net/tcp: the local address in the second column, state 0A for listening in the fourth, the inode in the tenth. */
async function listeningSockets(file: string, port: number): Promise<string[]> {
  const rows = (await readFile(file, 'utf8').catch(() => '')).split('\n').map((line) => line.trim().split(/\s+/));
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return rows.filter(([, local, , state]) => local?.endsWith(ending) && state === '0A').flatMap((row) => row[9] ?? []);
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
