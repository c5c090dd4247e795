import { parseArgs } from 'node:util';
import { type Command, exitCodes } from './command.ts';
import { prepareDatabase } from './prepare-database.ts';
import { inspectDatabase, reachDatabase } from './reach-database.ts';
import { readConfig } from './read-config.ts';

export const command: Command = {
  name: 'migrate',
  summary: 'bring the database to this version; npm start does it by itself',
  usage: `Usage: npm run aceite -- migrate [--check]

Applies the migrations that the database has not had yet, each in a transaction of its own. Any number of processes may do so at
once. Uses MIGRATION_DATABASE_URL, the owner's connection, else DATABASE_URL; the embedded
database when that says "embedded", and in sandbox mode when it is not set.

  --check   change nothing; exit with 1 when something is missing
  --json    print JSON: { "pending": [] } with --check, else { "applied": [] }
`,
  run: async (args, io) => {
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({ args, options: { check: flag, json: flag } });
    const config = readConfig();
    const database = await reachDatabase(config, io.err);
    try {
      const { url: databaseUrl, ownerUrl: migrationDatabaseUrl } = database;
      const { pending } = await inspectDatabase(migrationDatabaseUrl);
      if (!values.check) await prepareDatabase({ ...config, databaseUrl, migrationDatabaseUrl }, io.err);
      if (values.json) io.out(JSON.stringify(values.check ? { pending } : { applied: pending }));
      else io.out(sentence(pending, values.check));
      return values.check && pending.length > 0 ? exitCodes.failed : exitCodes.ok;
    } finally {
      await database.stop();
    }
  },
};

function sentence(pending: string[], isCheck: boolean): string {
  if (pending.length === 0) return 'The database is at this version.';
  return isCheck ? `Missing: ${pending.join(', ')}. Run: npm run aceite -- migrate` : `Applied: ${pending.join(', ')}.`;
}
