import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Config, loadConfig } from '#lib/config.ts';
import { openDatabase } from '#lib/db/database.ts';
import { placeFileName } from '#lib/db/embedded-place.ts';
import { CommandFailure } from '../command.ts';
import { inspectDatabase, reachDatabase, unreachable } from '../reach-database.ts';
import { type Check, type Finding, failed, type Installation, type Reached } from './check.ts';

/** A server that does not answer within this is away, as far as one who waits is concerned. */
const connectLimitMs = 10_000;
/** Two checks at a time ask through the pool; the doctor must not take the portal's own places. */
const connectionsMax = 2;

export type Examination = Pick<Check, 'id' | 'title'> & Finding;

/** Makes all checks on the installation that the settings name, each whatever became of the others. */
export async function examine(checks: readonly Check[], say: (message: string) => void): Promise<Examination[]> {
  const settings = loadConfig();
  if (!settings.ok) return makeAll(checks, { settings, database: unasked });
  return withDatabase(settings.config, say, (database) => makeAll(checks, { settings, database }));
}

const unasked: Reached = { ok: false, sentence: 'The database was not asked.', whatToDo: [] };

async function makeAll(checks: readonly Check[], installation: Installation): Promise<Examination[]> {
  return Promise.all(
    checks.map(async ({ id, title, run }) => {
      const finding = await Promise.resolve()
        .then(() => run(installation))
        .catch((error: unknown) => broken(error));
      return { id, title, ...withoutPasswords(finding) };
    }),
  );
}

/** Refused settings are quoted, and an address among them may hold what opens it. */
function withoutPasswords(finding: Finding): Finding {
  const clean = (text: string) => text.replace(/:\/\/[^/\s"]*@/g, '://…@');
  const sentence = clean(finding.sentence);
  return finding.status === 'ok'
    ? { ...finding, sentence }
    : { ...finding, sentence, whatToDo: finding.whatToDo.map(clean) };
}

function broken(error: unknown): Finding {
  const word = error instanceof Error ? error.message || error.name : String(error);
  return failed(
    `This could not be looked at: ${word.split('\n')[0]}`,
    'Mend what the sentence names. If it names nothing that you know, it is a fault of this command.',
  );
}

async function withDatabase<T>(
  config: Config,
  say: (message: string) => void,
  work: (database: Reached) => Promise<T>,
): Promise<T> {
  // Asking would make an empty cluster where there is none.
  if (config.databaseUrl === undefined && !existsSync(join(config.dataDir, placeFileName))) return work(noCluster);
  try {
    const place = await reachDatabase(config, say);
    try {
      return await examineAt({ ...config, databaseUrl: place.url }, work);
    } finally {
      await place.stop();
    }
  } catch (error) {
    if (error instanceof CommandFailure) return work(away(error));
    throw error;
  }
}

const noCluster: Reached = {
  ok: false,
  sentence: 'The embedded Postgres was never started in this data folder.',
  whatToDo: ['Start the portal once (npm start), or set ACEITE_DATA_DIR to its folder, or DATABASE_URL.'],
};

const away = ({ message }: CommandFailure): Reached => ({
  ok: false,
  sentence: message.split('\n')[0] ?? '',
  whatToDo: ['Start the database, and look at DATABASE_URL: host, port, name, login and password.'],
});

async function examineAt<T>(
  config: Config & { databaseUrl: string },
  work: (database: Reached) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: config.databaseUrl,
    application_name: 'aceite doctor',
    // Several checks ask at a time.
    pipeline: true,
    connectionTimeoutMillis: connectLimitMs,
    query_timeout: connectLimitMs,
  });
  client.on('error', () => undefined);
  const db = openDatabase({ url: config.databaseUrl, connectionsMax, onIdleError: () => undefined });
  try {
    await client.connect().catch((error: unknown) => {
      throw unreachable(config.databaseUrl, error);
    });
    const { pending, hasMovableClock: isMovable } = await inspectDatabase(config.databaseUrl);
    return await work({ ok: true, examined: { config, client, db, pending, isMovable } });
  } finally {
    await db.end();
    await client.end().catch(() => undefined);
  }
}
