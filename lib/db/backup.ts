import pg from 'pg';
import { type BackupHeader, backupFormat, type TableSum } from '#lib/schema/backup-file.ts';
import { withBackupConnection } from './backup-connection.ts';
import { type BackupNote, insertBackupNote, readSnapshotStanding, type SnapshotStanding } from './backup-notes.ts';
import { BackupRefused } from './backup-refused.ts';
import { openWallForBackup } from './backup-wall.ts';
import { type SignBackup, type WriteLine, writeBackupFile } from './backup-writer.ts';
import { whileNothingMigrates } from './migrate.ts';
import { movableClockExists } from './movable-clock.ts';
import { type Catalogue, readCatalogue } from './table-catalogue.ts';
import { readTableLines } from './table-lines.ts';

export type Backup = {
  bytes: number;
  sha256: string;
  header: BackupHeader;
  tables: TableSum[];
  /** Undefined for a database of an older version, which cannot note its backups. */
  standing: SnapshotStanding | undefined;
};

type BackupOptions = {
  ownerUrl: string;
  /** Where the backup is to be; must not exist. */
  path: string;
  takenAt: Date;
  sign: SignBackup;
  onProgress?: (message: string) => void;
};

/**
 * Writes all rows of the database, as they stood at one instant, into a file; the portal goes on meanwhile. Which tables there are is
 * asked of the server. Throws BackupRefused, and leaves no file, when the database is not migrated or a row could stay hidden.
 */
export function takeBackup({ ownerUrl, path, takenAt, sign, onProgress }: BackupOptions): Promise<Backup> {
  return withBackupConnection(ownerUrl, async (client) => {
    const { header, catalogue, standing } = await openSnapshot(client, takenAt);
    const written = await writeBackupFile(path, sign, async (write) => {
      write(header);
      const sums: TableSum[] = [];
      for (const table of catalogue.tables) {
        onProgress?.(`reading ${table.name}`);
        write({ table: table.name, columns: table.columns.map(({ name }) => name) });
        sums.push(await readTableLines(client, table, write));
      }
      // After the rows: a sequence has no snapshot, and it must not stand before a row that is in the file.
      await writeSequences(client, catalogue, write);
      return sums;
    });
    return { ...written, header, standing };
  });
}

/** Lets the database know of a backup that is whole and on the disk. */
export async function noteBackup(
  ownerUrl: string,
  { bytes, sha256, build, standing }: Pick<BackupNote, 'bytes' | 'sha256' | 'build'> & { standing: SnapshotStanding },
): Promise<void> {
  const { at: takenAt, logSize, signedSize } = standing;
  await withBackupConnection(ownerUrl, async (client) => {
    await client.query('BEGIN');
    await insertBackupNote(client, { what: 'made', takenAt, bytes, sha256, logSize, signedSize, build });
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new Error('the note was not committed');
  });
}

/** One instant for all tables. No migration runs until they are locked against change of shape; rows may come and go. */
async function openSnapshot(
  client: pg.Client,
  takenAt: Date,
): Promise<{ header: BackupHeader; catalogue: Catalogue; standing: SnapshotStanding | undefined }> {
  return whileNothingMigrates(client, async (migrations) => {
    if (migrations.length === 0) throw notMigrated();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await openWallForBackup(client);
    const catalogue = await readCatalogue(client);
    const names = catalogue.tables.map(({ name }) => `public.${pg.escapeIdentifier(name)}`);
    await client.query(`LOCK TABLE ${names.join(', ')} IN ACCESS SHARE MODE`);
    const mode = (await movableClockExists(client)) ? 'sandbox' : 'production';
    const wrappingKeyIds = await wrappingKeysInUse(client);
    const header = { format: backupFormat, mode, takenAt: takenAt.toISOString(), migrations, wrappingKeyIds } as const;
    return { header, catalogue, standing: await readSnapshotStanding(client) };
  });
}

async function wrappingKeysInUse(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT wrapping_key_id AS id FROM session_keys WHERE wrapped_key IS NOT NULL
     UNION SELECT wrapping_key_id FROM lender_credentials ORDER BY 1`,
  );
  return rows.map(({ id }) => id);
}

async function writeSequences(client: pg.Client, { sequences }: Catalogue, write: WriteLine): Promise<void> {
  for (const sequence of sequences) {
    const { rows } = await client.query<{ lastValue: string; isCalled: boolean }>(
      `SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM public.${pg.escapeIdentifier(sequence)}`,
    );
    write({ sequence, ...rows[0] });
  }
}

function notMigrated(): BackupRefused {
  return new BackupRefused('not_migrated', 'This database has not had any migration, so there is nothing to back up.');
}
