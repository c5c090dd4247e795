import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { childEnvironment } from '#lib/config.ts';
import { startEmbeddedPostgres } from '#lib/db/embedded-postgres.ts';
import { shutDown } from '#lib/db/embedded-postmaster.ts';
import { descendantsOf, killAll } from './process-family.ts';

const main = join(import.meta.dirname, '..', 'cli', 'main.ts');
/** A cold start with a build on two busy cores; a warm one takes a few seconds. */
const startLimitMs = 240_000;
const lookAgainMs = 100;

const sandboxFile = z.object({
  portalUrl: z.string(),
  apiUrl: z.string(),
  apiKey: z.string(),
  lenderUrl: z.string(),
  staff: z.object({ email: z.string(), password: z.string() }),
  signingLink: z.string(),
});
export type SandboxFile = z.output<typeof sandboxFile>;

const placeFile = z.object({ folder: z.string() });

/** The whole portal as a person starts it: processes, ports, a cluster of its own. */
export type RunningPortal = {
  sandbox: SandboxFile;
  dataDir: string;
  /** The process that started the others; ending it by SIGTERM ends all in order. */
  main: ChildProcess;
  /** All that was printed so far, for the message of a failing test. */
  printed(): string;
  /** SIGTERM, and the exit code. The data stay. */
  stop(): Promise<number | null>;
  /** SIGKILL to every process of the tree but Postgres, which is detached and stays. */
  kill(): Promise<void>;
};

type StartOptions = {
  dataDir?: string;
  ports?: { web: number; lender: number };
  command?: 'start' | 'dev';
  env?: Record<string, string>;
};

/** Starts a portal and waits until it says that it is ready, by writing `sandbox.json`. */
export async function startPortal(options: StartOptions = {}): Promise<RunningPortal> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'aceite-e2e-')));
  const ports = options.ports ?? { web: await freePort(), lender: await freePort() };
  const settings = {
    ACEITE_DATA_DIR: dataDir,
    PORT: String(ports.web),
    LENDER_PORT: String(ports.lender),
    LOG_LEVEL: 'warn',
  };
  // A portal that was killed has left its file behind; only the new one counts.
  await rm(join(dataDir, 'sandbox.json'), { force: true });
  const child = spawn(process.execPath, [main, options.command ?? 'start'], {
    env: { ...childEnvironment(settings), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  const ended = new Promise<number | null>((settle) => child.once('exit', (code) => settle(code)));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  const ready = waitForFile(join(dataDir, 'sandbox.json'), child, () => text);
  const sandbox = await ready.catch(async (error: unknown) => {
    await stop();
    if (options.dataDir === undefined) await removeData(dataDir);
    throw error;
  });
  return {
    sandbox,
    dataDir,
    main: child,
    printed: () => text,
    stop,
    kill: async () => {
      const family = descendantsOf(child.pid ?? 0).filter(({ command }) => command !== 'postgres');
      killAll([child.pid ?? 0, ...family.map(({ pid }) => pid)]);
      await ended;
    },
  };
}

/** Ends the portal and its Postgres, however they were left, and removes its data. */
export async function endPortal(portal: RunningPortal): Promise<void> {
  await portal.stop();
  await removeData(portal.dataDir);
}

/** Where the cluster of a portal lies: in its data folder or, as root, in the place that a file there names. */
export async function clusterFolderOf(dataDir: string): Promise<string | undefined> {
  const place = await readFile(join(dataDir, 'postgres.json'), 'utf8').catch(() => undefined);
  return place === undefined ? undefined : resolve(dataDir, placeFile.parse(JSON.parse(place)).folder);
}

/** The connections of a portal's embedded Postgres, which is joined and left again. */
export async function databaseOf(
  dataDir: string,
): Promise<{ url: string; ownerUrl: string; adminUrl: string; pid: number; leave(): Promise<void> }> {
  const joined = await startEmbeddedPostgres({ dataDir, purpose: 'portal' });
  if (!joined.ok) throw new Error(joined.message);
  const { appUrl: url, url: ownerUrl, pid, stop: leave } = joined;
  // The superuser's own address leads to a database of its own.
  const adminUrl = Object.assign(new URL(joined.adminUrl), { pathname: new URL(url).pathname }).href;
  return { url, ownerUrl, adminUrl, pid, leave };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const address = server.address();
  await new Promise((settle) => server.close(settle));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

async function waitForFile(path: string, child: ChildProcess, printed: () => string): Promise<SandboxFile> {
  for (let waitedMs = 0; waitedMs < startLimitMs; waitedMs += lookAgainMs) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return sandboxFile.parse(JSON.parse(text));
    if (child.exitCode !== null)
      throw new Error(`the portal ended with ${child.exitCode} before it was ready:\n${printed()}`);
    await pause(lookAgainMs);
  }
  throw new Error(`the portal was not ready after ${startLimitMs / 1000} s:\n${printed()}`);
}

/** The cluster goes first: its place is written in the data folder. A killed portal has left its server running. */
/** The data folder of a portal that has ended, its cluster first. */
export async function removeData(dataDir: string): Promise<void> {
  const cluster = await clusterFolderOf(dataDir);
  if (cluster !== undefined) {
    await shutDown(join(cluster, 'data'));
    await rm(cluster, { recursive: true, force: true });
  }
  await rm(dataDir, { recursive: true, force: true });
}
