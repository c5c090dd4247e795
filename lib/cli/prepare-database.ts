import pg from 'pg';
import type { Config } from '#lib/config.ts';
import type { EmbeddedPostgres } from '#lib/db/embedded-postgres.ts';
import { MigrationRefused, migrate } from '#lib/db/migrate.ts';
import { checkServer } from '#lib/db/server-checks.ts';
import { CommandFailure } from './command.ts';
import { reachDatabase, unreachable } from './reach-database.ts';

export type PreparedDatabase = {
  /** The portal's connection. */
  url: string;
  /** The owner's connection; may be the same. */
  ownerUrl: string;
  /** Absent for a server of somebody else's. */
  embedded?: EmbeddedPostgres;
  /** Stops what was started here; nothing for a server of somebody else's. */
  stop(): Promise<void>;
};

/**
 * Gives a running, trustworthy and migrated database: the one that DATABASE_URL names, or the embedded one. Throws
 * CommandFailure when it cannot be had.
 */
export async function prepareDatabase(
  config: Config,
  onProgress: (message: string) => void,
): Promise<PreparedDatabase> {
  const database = await reachDatabase(config, onProgress);
  try {
    if (!database.embedded) await refuseUnsafeServer(database.ownerUrl);
    await migrateDatabase(config, database, onProgress);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function refuseUnsafeServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'aceite start' });
  try {
    await client.connect();
    const verdict = await checkServer(client);
    if (!verdict.ok) throw new CommandFailure(verdict.problems.join('\n'));
  } catch (error) {
    throw error instanceof CommandFailure ? error : unreachable(url, error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Brings the database to this version. Throws CommandFailure when it cannot be. */
export async function migrateDatabase(
  { mode }: Config,
  database: PreparedDatabase,
  onProgress: (message: string) => void,
): Promise<void> {
  try {
    await migrate({ url: database.ownerUrl, mode, onProgress, ...runtimeRoleOf(database) });
  } catch (error) {
    throw error instanceof MigrationRefused ? new CommandFailure(error.message) : error;
  }
}

/** The login role of the portal, unless the owner itself runs it. */
export function runtimeRoleOf({ url, ownerUrl }: PreparedDatabase): { runtimeRole?: string } {
  const [runtime, owner] = [new URL(url).username, new URL(ownerUrl).username].map(decodeURIComponent);
  return runtime && runtime !== owner ? { runtimeRole: runtime } : {};
}
