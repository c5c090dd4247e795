import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPostgresOf, isRunning } from './embedded-process.ts';

export type Postmaster = { pid: number; port: number; status: string };

/** A fast shutdown waits for the disk; a server that needs longer is stopped as by a crash, which loses nothing committed. */
const shutdownTimeoutMs = 30_000;

const pollMs = 10;

/** What Postgres itself wrote about the server of this cluster (lines 1, 4 and 8); undefined when it left nothing. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(postmasterFile(data), 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? '' } : undefined;
}

export function postmasterFile(data: string): string {
  return join(data, 'postmaster.pid');
}

/** Ends the server of this cluster, if one runs, and waits until its files are closed. */
export async function shutDown(data: string): Promise<void> {
  const postmaster = await readPostmaster(data);
  if (!postmaster || !(await isPostgresOf(postmaster.pid, data))) return;
  process.kill(postmaster.pid, 'SIGINT');
  if (await hasEnded(postmaster.pid)) return;
  process.kill(postmaster.pid, 'SIGQUIT');
  await hasEnded(postmaster.pid);
}

async function hasEnded(pid: number): Promise<boolean> {
  const deadline = performance.now() + shutdownTimeoutMs;
  while (performance.now() < deadline) {
    if (!(await isRunning(pid))) return true;
    await sleep(pollMs);
  }
  return false;
}
