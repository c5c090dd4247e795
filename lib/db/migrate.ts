import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import pg from 'pg';
import { advisoryLocks } from './advisory-locks.ts';
import { letOwnerBackUp } from './backup-wall.ts';
import { installMovableClock, movableClock, movableClockExists } from './movable-clock.ts';

/** Which clock and which refusals: sandbox and test databases have a clock that can be moved, production has none. */
export type MigrationMode = 'production' | 'sandbox' | 'test';

export type MigrateOptions = {
  /** The owner's connection. */
  url: string;
  mode: MigrationMode;
  /** The login role of the running portal, which may then take the roles below. Absent: the owner itself runs the portal. */
  runtimeRole?: string;
  onProgress?: (message: string) => void;
  /** Only tests of the runner itself name another folder. */
  folder?: string;
};

/** The roles of row-level security. They cannot log in; the portal takes one per transaction. */
const workingRoles = ['aceite_app', 'aceite_worker', 'aceite_retention'];

/** Asked only where the sources run as files; inside Next's bundle there is no folder beside the code, and the caller names it. */
const migrationsFolder = () => join(import.meta.dirname, 'migrations');

/** A change that cannot get its table lock gives up instead of making every request of the running portal queue behind it. */
const lockTimeoutMs = 30_000;

/** Why a database was not migrated, in words for the person at the terminal. */
export class MigrationRefused extends Error {
  readonly code: 'changed' | 'unknown_migration' | 'out_of_order' | 'bad_name' | 'wrong_mode' | 'failed';

  constructor(code: MigrationRefused['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Brings a database to this version: every file of `migrations/` that it has not seen, in order, each in a transaction of its
 * own, under a lock, so that any number of processes may start at once. Forward only. Throws MigrationRefused when the
 * database and the files disagree, and changes nothing then.
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const files = await readMigrations(options.folder);
  const client = new pg.Client({ connectionString: options.url, application_name: 'aceite migrate' });
  // A lost connection fails the query as well; without a listener it would also end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLocks.migrate]);
    await client.query(journalTable);
    const known = await readJournal(client);
    refuseDisagreement(files, known);
    await refuseWrongMode(client, options.mode, known);
    const missing = files.slice(known.length);
    for (const file of missing) {
      options.onProgress?.(`applying ${file.name}`);
      await apply(client, file, options.mode);
    }
    if (options.mode !== 'production') await installMovableClock(client);
    await letOwnerBackUp(client);
    await grantWorkingRoles(client, options.runtimeRole);
    return { applied: missing.map((file) => file.name) };
  } finally {
    // The end of the connection also gives the lock back.
    await client.end();
  }
}

/**
 * The first `count` migrations of this version in the caller's open transaction, on a database without any: all or nothing together
 * with whatever else the transaction does.
 */
export async function migrateWithin(
  client: pg.Client,
  { count, mode, runtimeRole }: Pick<MigrateOptions, 'mode' | 'runtimeRole'> & { count: number },
): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [advisoryLocks.migrate]);
  await client.query(journalTable);
  for (const file of (await readMigrations()).slice(0, count)) {
    await applyFile(client, file, mode).catch((error: unknown) => {
      throw migrationFailed(file, error);
    });
  }
  if (mode !== 'production') await client.query(movableClock);
  await letOwnerBackUp(client);
  await grantWorkingRoles(client, runtimeRole);
}

export type NamedMigration = { name: string; checksum: string };

/** Runs `work` with the migrations that the database has had, none if it is empty, while no other process can migrate it. */
export async function whileNothingMigrates<T>(
  client: pg.Client,
  work: (known: NamedMigration[]) => Promise<T>,
): Promise<T> {
  await client.query('SELECT pg_advisory_lock_shared($1)', [advisoryLocks.migrate]);
  const known = (await journalExists(client)) ? await readJournal(client) : [];
  const result = await work(known.map(({ name, checksum }) => ({ name, checksum })));
  await client.query('SELECT pg_advisory_unlock_shared($1)', [advisoryLocks.migrate]);
  return result;
}

/** The migrations of this version, in order. */
export async function listMigrations(): Promise<NamedMigration[]> {
  return (await readMigrations()).map(({ name, checksum }) => ({ name, checksum }));
}

/** Anything that runs a query: a pool, a client. */
export type Queryable = { query(text: string): Promise<{ rows: unknown[] }> };

/** Names of the migrations that the database has not had yet; for the readiness check. Empty means ready. */
export async function migrationsPending(database: Queryable, folder?: string): Promise<string[]> {
  const names = (await readMigrations(folder)).map((file) => file.name);
  if (!(await journalExists(database))) return names;
  const known = new Set((await readJournal(database)).map((row) => row.name));
  return names.filter((name) => !known.has(name));
}

/** What a database has not had yet, and where it disagrees with this version; changes nothing, and waits for nobody. */
export async function inspectMigrations(database: Queryable): Promise<{ pending: string[]; disagreement?: string }> {
  const files = await readMigrations();
  const known = (await journalExists(database)) ? await readJournal(database) : [];
  const names = new Set(known.map(({ name }) => name));
  const pending = files.map(({ name }) => name).filter((name) => !names.has(name));
  try {
    refuseDisagreement(files, known);
    return { pending };
  } catch (error) {
    if (error instanceof MigrationRefused) return { pending, disagreement: error.message };
    throw error;
  }
}

type MigrationFile = { name: string; sql: string; checksum: string };
type JournalRow = { name: string; checksum: string; mode: MigrationMode };

// Older than any migration, hence not in one. The running portal only reads it.
const journalTable = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    name text PRIMARY KEY,
    checksum text NOT NULL CHECK (checksum ~ '^[0-9a-f]{64}$'),
    mode text NOT NULL CHECK (mode IN ('production', 'sandbox', 'test')),
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  GRANT SELECT ON schema_migrations TO PUBLIC`;

async function readMigrations(folder = migrationsFolder()): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (fileName, index) => {
      const number = String(index + 1).padStart(4, '0');
      if (!fileName.startsWith(`${number}_`) || !/^\d{4}_[a-z0-9_]+\.sql$/.test(fileName)) {
        throw new MigrationRefused(
          'bad_name',
          `The migration ${fileName} should be called ${number}_<what_it_does>.sql: numbers follow each other without gaps.`,
        );
      }
      const sql = await readFile(join(folder, fileName), 'utf8');
      return { name: basename(fileName, '.sql'), sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function journalExists(database: Queryable): Promise<boolean> {
  const { rows } = await database.query("SELECT to_regclass('schema_migrations') IS NOT NULL AS exists");
  return (rows[0] as { exists: boolean }).exists;
}

async function readJournal(database: Queryable): Promise<JournalRow[]> {
  const { rows } = await database.query('SELECT name, checksum, mode FROM schema_migrations ORDER BY name');
  return rows as JournalRow[];
}

function refuseDisagreement(files: MigrationFile[], known: JournalRow[]): void {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const [index, row] of known.entries()) {
    const file = byName.get(row.name);
    if (!file) {
      throw new MigrationRefused(
        'unknown_migration',
        `The database has had the migration ${row.name}, which this version does not know. Run the newer version that made it, or restore a backup from before it.`,
      );
    }
    if (file.checksum !== row.checksum) {
      throw new MigrationRefused(
        'changed',
        `The file of the migration ${row.name} is not the one that the database has had. Take the change back and put it into a new migration.`,
      );
    }
    if (files[index]?.name !== row.name) {
      throw new MigrationRefused(
        'out_of_order',
        `The database has had ${row.name} but not ${files[index]?.name}, which comes before it. Restore a backup, or finish it by hand.`,
      );
    }
  }
}

/** A movable clock must never decide about real contracts, and sandbox play must never land among them. */
async function refuseWrongMode(client: pg.Client, mode: MigrationMode, known: JournalRow[]): Promise<void> {
  const madeIn = known[0]?.mode;
  if (mode === 'production' && ((madeIn ?? mode) !== mode || (await movableClockExists(client)))) {
    throw new MigrationRefused(
      'wrong_mode',
      'This database was made in sandbox mode and its clock can be moved, so it may not hold real contracts. Set DATABASE_URL to an empty database.',
    );
  }
  if (mode !== 'production' && madeIn === 'production') {
    throw new MigrationRefused(
      'wrong_mode',
      'This database was made in production mode. Set ACEITE_MODE=production, or DATABASE_URL to an empty database.',
    );
  }
}

async function apply(client: pg.Client, file: MigrationFile, mode: MigrationMode): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    await applyFile(client, file, mode);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw migrationFailed(file, error);
  }
}

async function applyFile(client: pg.Client, { name, sql, checksum }: MigrationFile, mode: MigrationMode) {
  await client.query(sql);
  const entry = 'INSERT INTO schema_migrations (name, checksum, mode) VALUES ($1, $2, $3)';
  await client.query(entry, [name, checksum, mode]);
}

function migrationFailed(file: MigrationFile, error: unknown): MigrationRefused {
  const message = `The migration ${file.name} failed and was taken back: ${place(error, file)}`;
  return new MigrationRefused('failed', message, { cause: error });
}

/** The server's words with the line of the file that it objects to. */
function place(error: unknown, file: MigrationFile): string {
  if (!(error instanceof pg.DatabaseError)) return String(error);
  const offset = Number(error.position ?? 0);
  const line = offset > 0 ? ` (line ${file.sql.slice(0, offset - 1).split('\n').length})` : '';
  return `${error.message}${line}${error.detail ? `; ${error.detail}` : ''}`;
}

/**
 * Lets the portal's login take the working roles with SET ROLE. It inherits their rights too, for the doors and the staff tables,
 * which it uses without a workspace; rows of a workspace stay hidden from it all the same. Where the server forbade making the
 * roles there is nothing to grant.
 */
async function grantWorkingRoles(client: pg.Client, runtimeRole: string | undefined): Promise<void> {
  const { rows } = await client.query<{ role: string; login: string; canLimit: boolean }>(
    `SELECT quote_ident(r.rolname) AS role, quote_ident(l.rolname) AS login,
            current_setting('server_version_num')::int >= 160000 AS "canLimit"
       FROM pg_roles r, pg_roles l
      WHERE r.rolname = ANY($1) AND l.rolname = coalesce($2, current_user) AND NOT l.rolsuper
        AND NOT pg_has_role(l.oid, r.oid, CASE WHEN current_setting('server_version_num')::int >= 160000
                                               THEN 'USAGE' ELSE 'MEMBER' END)`,
    [workingRoles, runtimeRole ?? null],
  );
  for (const { role, login, canLimit } of rows) {
    await client.query(`GRANT ${role} TO ${login}${canLimit ? ' WITH INHERIT TRUE, SET TRUE' : ''}`);
  }
}
