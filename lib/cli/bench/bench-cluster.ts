import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#lib/db/embedded-postgres.ts';
import { type MigrationMode, migrate } from '#lib/db/migrate.ts';
import { CommandFailure } from '../command.ts';

export type BenchDatabase = {
  /** The portal's connection. */
  url: string;
  ownerUrl: string;
  /** The superuser's connection to the same database, for filling tables and counting. */
  adminUrl: string;
};

export type BenchCluster = {
  /** A folder for keys and files, gone at the end. */
  folder: string;
  /** The superuser's connection to the database in which the server's statistics are. */
  statisticsUrl: string;
  /** A fresh, migrated database of that name. */
  newDatabase(name: string, mode: MigrationMode): Promise<BenchDatabase>;
  /** Stops the server and removes all of it; again does nothing more. */
  end(): Promise<void>;
};

/**
 * A Postgres of the benchmark's own, with the durable settings of a portal's, in a temporary folder: nobody's data are read or
 * changed, and nothing is left behind.
 */
export async function startBenchCluster(onProgress: (message: string) => void): Promise<BenchCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'aceite-bench-'));
  const server = await startEmbeddedPostgres({ dataDir: folder, purpose: 'portal', onProgress });
  if (!server.ok) {
    await rm(folder, { recursive: true, force: true });
    throw new CommandFailure(server.message);
  }
  let ended: Promise<void> | undefined;
  return {
    folder,
    statisticsUrl: server.adminUrl,
    newDatabase: async (name, mode) => {
      await asAdmin(server.adminUrl, async (admin) => {
        await admin.query(`CREATE DATABASE ${name} OWNER aceite_owner`);
        await admin.query(`GRANT CONNECT ON DATABASE ${name} TO aceite_login`);
      });
      const [url, ownerUrl, adminUrl] = [server.appUrl, server.url, server.adminUrl].map((at) => inDatabase(at, name));
      if (!url || !ownerUrl || !adminUrl) throw new Error('a server without addresses');
      await migrate({ url: ownerUrl, mode, runtimeRole: 'aceite_login' });
      return { url, ownerUrl, adminUrl };
    },
    end: () => {
      ended ??= removeCluster(folder, () => server.stop());
      return ended;
    },
  };
}

async function removeCluster(folder: string, stop: () => Promise<void>): Promise<void> {
  const place = JSON.parse(await readFile(join(folder, 'postgres.json'), 'utf8')) as { folder: string };
  await stop();
  // As root the cluster lies outside the data folder, where an unprivileged user can reach it.
  await rm(resolve(folder, place.folder), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

/** Does some work on a connection of the superuser's. */
export async function asAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url, application_name: 'aceite bench' });
  await admin.connect();
  return work(admin).finally(() => admin.end());
}

function inDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}
