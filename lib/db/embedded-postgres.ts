import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, prepareBinaries } from './embedded-binaries.ts';
import { clusterNames, ensureCluster, furnishCluster } from './embedded-cluster.ts';
import { joinUsers, leaveUsers, withLaunchLock } from './embedded-lock.ts';
import { findPlace, type Place, type Purpose, rootFolder, savePlace } from './embedded-place.ts';
import { shutDown } from './embedded-postmaster.ts';
import { EmbeddedRefusal, type EmbeddedRefusalCode, refusalOf } from './embedded-refusal.ts';
import { ensureServer } from './embedded-server.ts';
import { unprivilegedUser } from './embedded-user.ts';
import { checkServer } from './server-checks.ts';

export type EmbeddedOptions = {
  /** Keeps the passwords and, unless root runs this, the cluster. */
  dataDir: string;
  /** A test cluster is fast and forgets on a power cut; it must lie in a temporary folder. */
  purpose: Purpose;
  /** The only port that will do, because running processes know it already; without it, any free one. */
  port?: number;
  onProgress?: (message: string) => void;
};

export type EmbeddedPostgres = {
  ok: true;
  /** The owner's connection, for migrations (MIGRATION_DATABASE_URL). */
  url: string;
  /** The portal's connection (DATABASE_URL): owns nothing, takes the working roles. */
  appUrl: string;
  /** The superuser's connection to the database `postgres`: statistics, test databases. */
  adminUrl: string;
  /** True when the server was already running. */
  adopted: boolean;
  pid: number;
  /** Stops the server, unless another process of ours still uses it. Committed data are on the disk either way. */
  stop(): Promise<void>;
};

export type EmbeddedFailure = { ok: false; code: EmbeddedRefusalCode; message: string };

const dyingTimeoutMs = 5_000;
const dyingPollMs = 50;

/**
 * Starts the Postgres that comes with the portal, or joins the one that already runs for this data folder. Safe to call from
 * several processes at once and after any crash.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres | EmbeddedFailure> {
  const dataDir = resolve(options.dataDir);
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    return await withLaunchLock(dataDir, () => start({ ...options, dataDir }));
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return { ok: false, code: refusal.code, message: refusal.message };
  }
}

async function start({ dataDir, purpose, port, onProgress = () => {} }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const runAs = await unprivilegedUser(onProgress);
  const place = await findPlace(dataDir, purpose, runAs, onProgress);
  const binaries = await findBinaries(place, dataDir, onProgress);
  await ensureCluster(place, binaries, purpose);
  const { postmaster, adopted } = await settledServer(place, binaries, purpose, port);
  const note = await joinUsers(dataDir);
  const address = (role: 'admin' | 'owner' | 'login', database: string) =>
    `postgres://${clusterNames[role]}:${place.passwords[role]}@127.0.0.1:${postmaster.port}/${database}`;
  return {
    ok: true,
    url: address('owner', clusterNames.database),
    appUrl: address('login', clusterNames.database),
    adminUrl: address('admin', clusterNames.admin),
    adopted,
    pid: postmaster.pid,
    stop: () => stop(place, note),
  };
}

/** The programs are copied for the unprivileged user, and for an ordinary one whose node_modules belong to somebody else. */
async function findBinaries(place: Place, dataDir: string, onProgress: (message: string) => void): Promise<Binaries> {
  if (place.runAs) return prepareBinaries(rootFolder, onProgress);
  try {
    return await prepareBinaries(undefined, onProgress);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EROFS') throw error;
    return prepareBinaries(join(dataDir, 'programs'), onProgress);
  }
}

/** A server that looked alive may have been dying, since a kill does not tell: then the next look finds it dead. */
async function settledServer(place: Place, binaries: Binaries, purpose: Purpose, port: number | undefined) {
  const deadline = performance.now() + dyingTimeoutMs;
  for (;;) {
    const server = await ensureServer(place, binaries, purpose, port);
    try {
      await settle(place, server.postmaster.port, purpose, binaries);
      return server;
    } catch (error) {
      if (!server.adopted) await shutDown(place.data);
      if (!server.adopted || error instanceof EmbeddedRefusal || performance.now() > deadline) throw error;
      await sleep(dyingPollMs);
    }
  }
}

/** Gets in with the kept password, makes what is missing, and refuses a server that would lose confirmed acceptances. */
async function settle(place: Place, port: number, purpose: Purpose, binaries: Binaries): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: clusterNames.admin,
    password: place.passwords.admin,
    database: clusterNames.admin,
  });
  // A lost connection fails the query as well; without a listener it would also end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    const checked = await checkServer(client, purpose);
    if (!checked.ok) throw new EmbeddedRefusal('unsafe_settings', checked.problems.join('\n'));
    if (!place.isFurnished) await furnishCluster(client, place, purpose, binaries);
  } finally {
    await client.end();
  }
  if (!place.isFurnished || place.port !== port) await savePlace({ ...place, port, isFurnished: true });
}

async function stop({ dataDir, data }: Place, note: string): Promise<void> {
  try {
    await withLaunchLock(dataDir, async () => {
      if (await leaveUsers(dataDir, note)) await shutDown(data);
    });
  } catch (error) {
    // Somebody deleted the data folder, and with it the notes of all users.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await shutDown(data);
  }
}
