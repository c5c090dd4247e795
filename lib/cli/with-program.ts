import { compose } from '#lib/compose.ts';
import type { Config } from '#lib/config.ts';
import type { Program } from '#lib/program.ts';
import { CommandFailure, type CommandIo } from './command.ts';
import { prepareDatabase } from './prepare-database.ts';
import { inspectDatabase, reachDatabase } from './reach-database.ts';
import { makeSandboxSecrets } from './sandbox-secrets.ts';

/**
 * Runs `work` with the wired program on the portal's database, beside a running portal or without one, and ends everything that it
 * started. An embedded database is migrated on the way; somebody else's is not, because that is an act of its own.
 */
export async function withProgram<T>(
  config: Config,
  io: CommandIo,
  work: (program: Program) => Promise<T>,
): Promise<T> {
  const database = await reachDatabase(config, io.err);
  try {
    const wired = { ...config, databaseUrl: database.url, migrationDatabaseUrl: database.ownerUrl };
    await makeUsable(wired, database.embedded !== undefined, io);
    if (config.mode === 'sandbox') await makeSandboxSecrets(wired);
    // The log shares the standard output with the answer, and a command says what is wrong by itself.
    const program = await compose({ ...wired, logLevel: 'error' });
    return await work(program).finally(() => program.end());
  } finally {
    await database.stop();
  }
}

async function makeUsable(config: Config & { databaseUrl: string }, isEmbedded: boolean, io: CommandIo): Promise<void> {
  const { pending, hasMovableClock } = await inspectDatabase(config.databaseUrl);
  if (pending.length > 0 && !isEmbedded) {
    throw new CommandFailure(
      `The database has not had these migrations yet: ${pending.join(', ')}. Run them first: npm run aceite -- migrate`,
    );
  }
  if (pending.length > 0) {
    await prepareDatabase(config, io.err);
    return;
  }
  if (hasMovableClock !== (config.mode === 'sandbox')) {
    const other = hasMovableClock ? 'sandbox' : 'production';
    throw new CommandFailure(
      `This database was made in ${other} mode, and ACEITE_MODE says ${config.mode}. Set ACEITE_MODE=${other}, or DATABASE_URL to the database that is meant. Nothing was done.`,
    );
  }
}
