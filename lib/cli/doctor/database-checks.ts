import { connectionsMax } from '#lib/compose.ts';
import { alteredLaws } from '#lib/db/laws.ts';
import { inspectMigrations } from '#lib/db/migrate.ts';
import { durabilityFaults, fitnessFaults, readServerFacts } from '#lib/db/server-checks.ts';
import { readConnectionRoom, readWallStanding, type WallStanding, writesFullPages } from '#lib/db/server-standing.ts';
import { CommandFailure } from '../command.ts';
import { inspectDatabase } from '../reach-database.ts';
import {
  type Check,
  type Examined,
  type Finding,
  failed,
  ok,
  warning,
  withServer,
  withSettings,
  withTables,
} from './check.ts';

/** One web, one worker, and a few for the log's signer, commands and people. */
const roomNeeded = 2 * connectionsMax + 3;
/** Altered laws that are named; the audit tells all. */
const lawsNamed = 5;

export const databaseChecks: readonly Check[] = [
  {
    id: 'database',
    title: 'Database',
    run: withSettings(async ({ databaseUrl, migrationDatabaseUrl: ownerUrl }, { database }) => {
      if (!database.ok) return failed(database.sentence, ...database.whatToDo);
      const facts = await readServerFacts(database.examined.client);
      const faults = fitnessFaults(facts);
      if (faults.length > 0) return failed('The database server cannot hold a portal.', ...faults);
      const fault = ownerUrl === undefined || ownerUrl === databaseUrl ? undefined : await faultOfOwner(ownerUrl);
      return fault ?? ok(`Postgres ${facts.versionText} answers.`);
    }),
  },
  { id: 'migrations', title: 'Migrations', run: withServer(judgeMigrations) },
  { id: 'durability', title: 'Durability', run: withServer(judgeDurability) },
  { id: 'walls', title: 'Roles and row-level security', run: withTables(judgeWalls) },
  { id: 'connections', title: 'Room for connections', run: withServer(judgeRoom) },
];

/** The portal runs without its owner; the next migration and the next backup do not. */
async function faultOfOwner(ownerUrl: string): Promise<Finding | undefined> {
  try {
    await inspectDatabase(ownerUrl);
    return undefined;
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    const mend = 'Set MIGRATION_DATABASE_URL right: migrations and backups need it, the running portal does not.';
    return warning(`The portal's connection is good, the owner's is not. ${error.message}`, mend);
  }
}

async function judgeMigrations({ client, config, isMovable }: Examined) {
  const { pending, disagreement } = await inspectMigrations(client);
  if (disagreement !== undefined)
    return failed('The database and this version disagree about the migrations.', disagreement);
  if (pending.length > 0) return failed(`The database lacks ${pending.join(', ')}.`, 'Run: npm run aceite -- migrate');
  if (isMovable === (config.mode === 'sandbox')) return ok('All migrations are applied, as this version has them.');
  const other = isMovable ? 'sandbox' : 'production';
  return failed(
    `The database was made in ${other} mode, and ACEITE_MODE says ${config.mode}.`,
    `Set ACEITE_MODE=${other}, or DATABASE_URL to the database that is meant.`,
  );
}

async function judgeDurability({ client }: Examined) {
  const faults = durabilityFaults(await readServerFacts(client));
  if (faults.length > 0) return failed('A confirmed acceptance could be lost.', ...faults);
  if (await writesFullPages(client)) return ok('What the database confirms is on its disk.');
  return warning(
    'The database server runs with full_page_writes=off: a power cut can leave half-written pages.',
    'Set full_page_writes = on, unless its file system writes pages whole or not at all (ZFS does).',
  );
}

async function judgeWalls({ client, config }: Examined) {
  const altered = await alteredLaws(client, config.mode === 'sandbox');
  return wallFinding(await readWallStanding(client), altered);
}

/** The judgement without the question. */
export function wallFinding(standing: WallStanding, altered: readonly string[]): Finding {
  const wrong = wallFaults(standing);
  if (wrong.length > 0) return failed('Rows of one workspace are not kept from the others by the database.', ...wrong);
  if (altered.length > 0) return failed(alteredWords(altered), mendAltered);
  if (!standing.hasRoles)
    return warning(
      'The second wall is missing: this server forbids CREATE ROLE, so only the queries keep workspaces apart.',
      'Let the owner of MIGRATION_DATABASE_URL create roles and restore a backup into a new database, or go on knowing it.',
    );
  if (standing.ownsTables)
    return warning(
      `The portal connects as ${standing.login}, the owner of the tables, who could take the rules away.`,
      'Set DATABASE_URL to a login of its own and MIGRATION_DATABASE_URL to the owner, then run: npm run aceite -- migrate',
    );
  return ok('Roles, row-level security and triggers stand as the migrations made them.');
}

function alteredWords(altered: readonly string[]): string {
  const more = altered.length > lawsNamed ? ` and ${altered.length - lawsNamed} more` : '';
  return `The database's rules are not as the migrations made them: ${altered.slice(0, lawsNamed).join('; ')}${more}.`;
}

const mendAltered =
  'Find out who changed them, run: npm run aceite -- audit, and put them back from the migrations or a backup.';

function wallFaults({ login, hasRoles, seesPast, withoutRoles }: WallStanding): string[] {
  return [
    ...(seesPast
      ? [`The login ${login} sees past row-level security. Set DATABASE_URL to one without SUPERUSER and BYPASSRLS.`]
      : []),
    ...(hasRoles && withoutRoles.length > 0
      ? [`The login ${login} may not take the roles ${withoutRoles.join(', ')}. Run: npm run aceite -- migrate`]
      : []),
  ];
}

async function judgeRoom({ client }: Examined) {
  const { most, free } = await readConnectionRoom(client);
  const mend =
    'Raise max_connections of the server and the CONNECTION LIMIT of database and role, or put a pooler in session mode between.';
  if (free < 1) return failed(`No connection is left of ${most}.`, mend);
  if (most < roomNeeded)
    return warning(`There is room for ${most} connections; a web and a worker may want ${roomNeeded}.`, mend);
  return ok(`There is room for ${most} connections, and ${free} are free.`);
}
