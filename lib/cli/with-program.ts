import { resolve } from 'node:path';
import { compose } from '#lib/compose.ts';
import type { Config } from '#lib/config.ts';
import { keptFolder } from '#lib/db/embedded-place.ts';
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
  if (!(await isInstalled(config))) io.err(newInstallation(config.dataDir));
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

/** False when an embedded database is about to be made. */
export async function isInstalled({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<boolean> {
  return databaseUrl !== undefined || (await keptFolder(dataDir).catch(() => undefined)) !== undefined;
}

/** Whoever has forgotten a setting in one of two terminals would look for their sessions in an empty installation. */
const newInstallation = (dataDir: string): string =>
  `There was no installation in ${resolve(dataDir)}, so a new one is made there. If you mean a portal that exists already, set ACEITE_DATA_DIR to its data folder.`;

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
