import { newestBackupNote } from '#lib/db/backup-notes.ts';
import type { UseCaseContext } from '../context.ts';
import { appScope } from '../no-workspace.ts';

/** Of the log in entries: in the backup, and now. `sha256` is that in the last line of the file. */
export type BackupFigures = {
  /**
   * `made`: the last backup of this database. `restored`: this database was made of that backup, and none has been made of it since; what is
   * noted before that are backups of the database from which it came, which it must not claim.
   */
  what: 'made' | 'restored';
  takenAt: Date;
  ageSeconds: number;
  /** Of a restored one: when it was restored. */
  notedAt: Date;
  sha256: string;
  logSize: number;
  logSizeNow: number;
};

/** What the database last noted of backups; undefined before the first. Whether the file is still there no database knows. */
export async function backupFigures({ db }: Pick<UseCaseContext, 'db'>): Promise<BackupFigures | undefined> {
  const note = await db.transaction(appScope, newestBackupNote);
  return (
    note && {
      what: note.what,
      takenAt: note.taken_at,
      ageSeconds: Math.max(0, note.age_seconds),
      notedAt: note.noted_at,
      sha256: note.sha256,
      logSize: note.log_size,
      logSizeNow: note.log_size_now,
    }
  );
}
