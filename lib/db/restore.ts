import { stat } from 'node:fs/promises';
import pg from 'pg';
import type { BackupHeader, BackupSeal, TableSum } from '#lib/schema/backup-file.ts';
import { withBackupConnection } from './backup-connection.ts';
import { insertBackupNote, readSnapshotStanding } from './backup-notes.ts';
import { type CheckedBackup, checkBackupFile } from './backup-reader.ts';
import { BackupRefused } from './backup-refused.ts';
import { openWallForBackup } from './backup-wall.ts';
import { loadRows } from './load-rows.ts';
import { listMigrations, migrateWithin } from './migrate.ts';
import { restLaws } from './resting-laws.ts';
import { type Catalogue, readCatalogue } from './table-catalogue.ts';
import { readTableLines } from './table-lines.ts';

type RestoreOptions = {
  path: string;
  ownerUrl: string;
  mode: 'production' | 'sandbox';
  /** The login role of the portal that will run on it, as for `migrate`. */
  runtimeRole?: string;
  /** Which build restores; the database notes it. */
  build: string;
  onProgress?: (message: string) => void;
};

export type RestoredBackup = { header: BackupHeader; tables: TableSum[]; seal: BackupSeal };

/**
 * Makes an empty database what a backup file says: its migrations, its rows, its sequences, in one transaction. Before the commit every
 * table is read back the way a backup reads it and must have the sum that the file names; then one row is added, which notes that the
 * database was restored. Throws BackupRefused, and leaves the database empty, when anything is not as it should be.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoredBackup> {
  const { path, ownerUrl, mode, onProgress } = options;
  onProgress?.(`checking ${path}`);
  const backup = await checkBackupFile(path);
  const { header, tables, seal } = backup;
  refuseOtherMode(header, mode);
  await refuseOtherMigrations(header);
  return withBackupConnection(ownerUrl, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    await refuseFilledDatabase(client);
    const catalogue = await fill(client, options, backup);
    await noteRestore(client, options, backup);
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new Error('the restored rows were not committed');
    for (const { name } of catalogue.tables) await client.query(`ANALYZE ${qualified(name)}`);
    return { header, tables, seal };
  });
}

async function fill(
  client: pg.Client,
  { path, mode, runtimeRole, onProgress }: RestoreOptions,
  { header, tables, seal }: CheckedBackup,
): Promise<Catalogue> {
  onProgress?.(`applying ${header.migrations.length} migrations`);
  await migrateWithin(client, {
    count: header.migrations.length,
    mode,
    ...(runtimeRole !== undefined && { runtimeRole }),
  });
  const catalogue = await readCatalogue(client);
  const wakeLaws = await restLaws(client);
  // What migrations put into their tables is in the backup too, as it stood then.
  for (const { name } of catalogue.tables.toReversed()) await client.query(`DELETE FROM ${qualified(name)}`);
  await loadRows(client, path, catalogue, { sha256: seal.sha256, ...(onProgress && { onProgress }) });
  await wakeLaws().catch((error: unknown) => {
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new BackupRefused('not_loadable', `${error.message}. Nothing was restored.`, { cause: error });
  });
  await compare(client, catalogue, tables, onProgress);
  return catalogue;
}

/**
 * The notes that were loaded tell of backups of another database, and must not pass for this one's. A backup of before there were notes has
 * brought none.
 */
async function noteRestore(
  client: pg.Client,
  { path, build }: RestoreOptions,
  { header, seal: { sha256 } }: CheckedBackup,
): Promise<void> {
  const standing = await readSnapshotStanding(client);
  if (!standing) return;
  const { logSize, signedSize } = standing;
  const [takenAt, bytes] = [new Date(header.takenAt), (await stat(path)).size];
  await insertBackupNote(client, { what: 'restored', takenAt, bytes, sha256, logSize, signedSize, build });
}

/** The way a backup reads, wall and all: so the next backup of this database holds all of this one again. */
async function compare(
  client: pg.Client,
  { tables }: Catalogue,
  sums: TableSum[],
  onProgress: RestoreOptions['onProgress'],
): Promise<void> {
  await openWallForBackup(client);
  const expected = new Map(sums.map((sum) => [sum.table, sum]));
  for (const table of tables) {
    onProgress?.(`comparing ${table.name}`);
    const found = await readTableLines(client, table);
    const wanted = expected.get(table.name);
    if (found.rows === wanted?.rows && found.sha256 === wanted.sha256) continue;
    throw new BackupRefused(
      'not_equal',
      `The table ${table.name} has ${found.rows} rows after loading, and they are not the ${wanted?.rows ?? 0} that the backup names. Nothing was restored.`,
    );
  }
  if (sums.length !== tables.length)
    throw new BackupRefused('other_tables', 'The backup counts other tables than it holds. Nothing was restored.');
}

function refuseOtherMode(header: BackupHeader, mode: RestoreOptions['mode']): void {
  if (header.mode === mode) return;
  throw new BackupRefused(
    'wrong_mode',
    `This backup was taken in ${header.mode} mode, and ACEITE_MODE says ${mode}. Sandbox play never becomes contracts, nor contracts play: set ACEITE_MODE=${header.mode} to restore it. Nothing was restored.`,
  );
}

/** A newer version restores an older backup, as it was, and then migrates it like any other database. */
async function refuseOtherMigrations(header: BackupHeader): Promise<void> {
  const ours = await listMigrations();
  const other = header.migrations.find(
    ({ name, checksum }, place) => ours[place]?.name !== name || ours[place].checksum !== checksum,
  );
  if (!other) return;
  throw new BackupRefused(
    'other_migrations',
    `The backup's database has had a migration ${other.name} that this version does not have, or has otherwise. Restore it with the version that took it. Nothing was restored.`,
  );
}

const relationsText = `
  SELECT c.relname::text AS name FROM pg_class c
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND NOT EXISTS (
     SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
   ORDER BY 1`;

async function refuseFilledDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(relationsText);
  if (rows.length === 0) return;
  throw new BackupRefused(
    'not_empty',
    `The database is not empty: it has ${rows.length} tables or the like, ${rows[0]?.name} first. A backup is restored into an empty database only, so that nothing is lost or mixed: set DATABASE_URL to a new one, or ACEITE_DATA_DIR to a new folder. Nothing was changed.`,
  );
}

const qualified = (name: string) => `public.${pg.escapeIdentifier(name)}`;
