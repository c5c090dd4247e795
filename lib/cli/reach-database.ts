import pg from 'pg';
import type { Config } from '#lib/config.ts';
import { startEmbeddedPostgres } from '#lib/db/embedded-postgres.ts';
import { migrationsPending } from '#lib/db/migrate.ts';
import { CommandFailure } from './command.ts';
import type { PreparedDatabase } from './prepare-database.ts';

/**
 * The database as it is, not migrated: the one that DATABASE_URL names, or the embedded one, which is started when it does not run
 * and stopped only by its last user.
 */
export async function reachDatabase(config: Config, onProgress: (message: string) => void): Promise<PreparedDatabase> {
  if (config.databaseUrl !== undefined) {
    const { databaseUrl: url, migrationDatabaseUrl: ownerUrl = url } = config;
    return { url, ownerUrl, stop: async () => {} };
  }
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, purpose: 'portal', onProgress });
  if (!embedded.ok) throw new CommandFailure(embedded.message);
  return { url: embedded.appUrl, ownerUrl: embedded.url, embedded, stop: () => embedded.stop() };
}

/** What a database has not had yet, and whether it has the clock that only sandbox and tests have. */
export async function inspectDatabase(url: string): Promise<{ pending: string[]; hasMovableClock: boolean }> {
  const client = new pg.Client({ connectionString: url, application_name: 'aceite command' });
  try {
    await client.connect();
    const pending = await migrationsPending(client);
    const { rows } = await client.query<{ exists: boolean }>(
      "SELECT to_regclass('aceite_clock') IS NOT NULL AS exists",
    );
    return { pending, hasMovableClock: rows[0]?.exists === true };
  } catch (error) {
    throw unreachable(url, error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** The address without its password. A refused connection may come as several errors, one per address, with an empty message. */
export function unreachable(url: string, error: unknown): CommandFailure {
  const { hostname, port, pathname } = new URL(url);
  const { message, code } = error as NodeJS.ErrnoException;
  return new CommandFailure(
    `The database ${pathname.slice(1)} at ${hostname}:${port || 5432} cannot be used: ${message || code}. Does it run, and are DATABASE_URL and MIGRATION_DATABASE_URL right?`,
  );
}
