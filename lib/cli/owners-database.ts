import { resolve } from 'node:path';
import type { Config } from '#lib/config.ts';
import { BackupRefused } from '#lib/db/backup-refused.ts';
import { CommandFailure, type CommandIo, exitCodes } from './command.ts';
import type { PreparedDatabase } from './prepare-database.ts';
import { inspectDatabase, reachDatabase } from './reach-database.ts';

/** Runs `work` on the database as it is, not migrated; what a backup or a restore refuses becomes the command's own refusal. */
export async function withOwnersDatabase<T>(
  config: Config,
  io: CommandIo,
  work: (database: PreparedDatabase) => Promise<T>,
): Promise<T> {
  const database = await reachDatabase(config, io.err);
  try {
    // Asked first, so that an address that is wrong is named as what it is.
    await inspectDatabase(database.ownerUrl);
    return await work(database);
  } catch (error) {
    throw error instanceof BackupRefused ? new CommandFailure(error.message, exitCodes.failed) : error;
  } finally {
    await database.stop();
  }
}

/** The absolute path of the one file that a command was given. */
export function onlyFile(positionals: string[]): string {
  const [file = '', ...others] = positionals;
  if (file === '' || others.length > 0) throw new CommandFailure('Give the path of one file.', exitCodes.usage);
  return resolve(file);
}
