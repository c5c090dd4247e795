import type { Config } from '#lib/config.ts';
import { CommandFailure } from './command.ts';

/**
 * The address of a database that runs already, for a process that starts none itself. Throws CommandFailure where the settings leave it to the
 * Postgres that comes with the portal.
 */
export function runningDatabaseOf({ databaseUrl }: Pick<Config, 'databaseUrl'>): string {
  if (databaseUrl !== undefined) return databaseUrl;
  throw new CommandFailure(
    'No database runs by itself here: the Postgres that comes with the portal is started by npm start, which starts this process too. Run npm start, or set ' +
      'DATABASE_URL to a Postgres of your own.',
  );
}
