import { type ChildProcess, spawn } from 'node:child_process';
import { constants, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './embedded-binaries.ts';
import type { Place, Purpose } from './embedded-place.ts';
import { type Postmaster, postmasterFile, readPostmaster } from './embedded-postmaster.ts';
import { isPostgresOf } from './embedded-process.ts';
import { complainsOfFullDisk, diskFull, EmbeddedRefusal } from './embedded-refusal.ts';

/** After a kill -9 of the server its children need a moment to notice; until then the cluster counts as in use. */
const takeoverTimeoutMs = 15_000;

/** A server that was killed reads its log again before it is ready; a big one does so for minutes. */
const recoveryTimeoutMs = 240_000;

/** Somebody may take a free port between our look and the start; more often than this is no accident. */
const portAttemptsMax = 5;

/** The log of earlier starts beyond this is moved to `postgres.log.1`. */
const logBytesMax = 10_000_000;

const pollMs = 10;

/** Nothing of the person's own PG… variables may reach the server. Next's types demand NODE_ENV of every environment. */
export const serverEnvironment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  NODE_ENV: 'production',
} as const;

/** The running server of the cluster: the one that already runs, or a new one, at `fixedPort` if that is given. Throws EmbeddedRefusal. */
export async function ensureServer(
  place: Place,
  binaries: Binaries,
  purpose: Purpose,
  fixedPort: number | undefined,
): Promise<{ postmaster: Postmaster; adopted: boolean }> {
  let port = fixedPort ?? (await usualPort(place));
  let portAttempts = fixedPort === undefined ? 1 : portAttemptsMax;
  const deadline = performance.now() + takeoverTimeoutMs;
  for (;;) {
    const running = await runningServer(place.data);
    if (running) return { postmaster: running, adopted: true };
    const outcome = await launch(place, binaries, purpose, port);
    if (outcome.ok) return { postmaster: outcome.postmaster, adopted: false };
    if (outcome.refusal.code === 'port_taken' && portAttempts < portAttemptsMax) {
      portAttempts += 1;
      port = await freePort();
    } else if (outcome.refusal.code === 'in_use' && performance.now() < deadline) {
      await sleep(10 * pollMs);
    } else {
      throw outcome.refusal;
    }
  }
}

/** The port of the last start, unless somebody has taken it since. */
async function usualPort({ port }: Place): Promise<number> {
  return port !== undefined && (await isFree(port)) ? port : freePort();
}

/** The server that is ready, waiting for one that is coming up or going down. Clears the lock that a dead one left. */
async function runningServer(data: string): Promise<Postmaster | undefined> {
  const deadline = performance.now() + recoveryTimeoutMs;
  while (performance.now() < deadline) {
    const postmaster = await readPostmaster(data);
    if (!postmaster) return undefined;
    if (!(await isPostgresOf(postmaster.pid, data))) {
      // Postgres would take any process that has been given the same number since then for a server, and refuse to start.
      await rm(postmasterFile(data), { force: true });
      return undefined;
    }
    if (postmaster.status === 'ready') return postmaster;
    await sleep(pollMs);
  }
  throw new EmbeddedRefusal(
    'in_use',
    `The Postgres of ${data} has been coming up or going down for minutes. See its log beside that folder, end it (kill -QUIT), and start again.`,
  );
}

type Launch = { ok: true; postmaster: Postmaster } | { ok: false; refusal: EmbeddedRefusal };

/** The folder belongs to the unprivileged user: a link that it put there must not lead root's hand elsewhere. */
const appendNoLink = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;

/** Detached, in a session of its own: a terminal's Ctrl-C must not stop the database under the worker's feet. */
async function launch(place: Place, binaries: Binaries, purpose: Purpose, port: number): Promise<Launch> {
  await moveLongLog(place.log);
  const log = await open(place.log, appendNoLink, 0o600);
  try {
    const { size: logStart } = await log.stat();
    const child = spawn(binaries.postgres, ['-D', place.data, ...serverSettings(port, purpose, binaries)], {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      cwd: place.folder,
      env: serverEnvironment,
      ...place.runAs,
    });
    child.unref();
    return await readiness(child, place, port, logStart);
  } finally {
    await log.close();
  }
}

async function readiness(child: ChildProcess, place: Place, port: number, logStart: number): Promise<Launch> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  for (;;) {
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null) {
      return {
        ok: false,
        refusal: refusalFrom(place, port, (await readFile(place.log)).subarray(logStart).toString()),
      };
    }
    const postmaster = await readPostmaster(place.data);
    if (postmaster?.pid === child.pid && postmaster?.status === 'ready') return { ok: true, postmaster };
    await sleep(pollMs);
  }
}

function refusalFrom(place: Place, port: number, log: string): EmbeddedRefusal {
  if (complainsOfFullDisk(log)) return diskFull(place.folder);
  if (/Address already in use|could not create any TCP\/IP sockets/.test(log)) {
    return new EmbeddedRefusal(
      'port_taken',
      `Port ${port} on 127.0.0.1 was taken when Postgres wanted it. End what takes it, and start again.`,
    );
  }
  if (/lock file ".*" already exists|pre-existing shared memory block/.test(log)) {
    return new EmbeddedRefusal(
      'in_use',
      `Parts of an earlier Postgres still use ${place.data}. End the processes that "ps -ef | grep postgres" shows for it, and start again.`,
    );
  }
  return new EmbeddedRefusal(
    'postgres_failed',
    `Postgres could not start. Its last words (all of them are in ${place.log}):\n${lastLines(log)}`,
  );
}

/** The end of what a program printed, indented for the terminal. */
export function lastLines(text: string): string {
  const linesShown = 10;
  return text
    .trim()
    .split('\n')
    .slice(-linesShown)
    .map((line) => `  ${line}`)
    .join('\n');
}

/** On the command line, so that they win over whatever the cluster's own files say. */
function serverSettings(port: number, purpose: Purpose, binaries: Binaries): string[] {
  const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
  // A test cluster lives for minutes and is thrown away.
  const careless = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
    checkpoint_timeout: '1h',
    max_connections: 200,
    // Tests connect thousands of times, and a password of 32 random bytes gains nothing from being hashed slowly.
    scram_iterations: 1,
  };
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements and details quote rows, and rows are about people.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    jit: 'off',
    ...(binaries.hasStatementStatistics ? { shared_preload_libraries: 'pg_stat_statements' } : {}),
    ...(purpose === 'test' ? careless : durable),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function moveLongLog(log: string): Promise<void> {
  const { size } = await stat(log).catch(() => ({ size: 0 }));
  if (size > logBytesMax) await rename(log, `${log}.1`);
}

async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port !== undefined) return port;
  throw new EmbeddedRefusal('port_taken', 'No free port on 127.0.0.1 was left for Postgres.');
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
