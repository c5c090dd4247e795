import { backupDays } from '#lib/domain/backup-terms.ts';
import { type BackupFigures, backupFigures } from '#lib/usecases/system/backup-figures.ts';
import { type Check, type Finding, failed, ok, warning, withTables } from './check.ts';
import { spell } from './spell.ts';

export const backupChecks: readonly Check[] = [
  {
    id: 'backups',
    title: 'Backups',
    run: withTables(async ({ db, config }) => backupFinding(await backupFigures({ db }), config.mode)),
  },
];

const take =
  'Take one now and every night: npm run aceite -- backup <file>. Keep the files apart that it names: no backup holds them.';

/** The judgement without the question. Sandbox play may be lost; a contract may not. */
export function backupFinding(known: BackupFigures | undefined, mode: 'sandbox' | 'production'): Finding {
  const missing = mode === 'production' ? failed : warning;
  if (!known) return missing('No backup was ever made of this database.', take);
  const { what, takenAt, notedAt, ageSeconds, logSize, logSizeNow, sha256 } = known;
  if (what === 'restored')
    return missing(
      `This database was restored on ${notedAt.toISOString()} from the backup of ${takenAt.toISOString()}, and none has been made of it since: what is noted before are backups of the database from which it came.`,
      take,
    );
  if (logSizeNow < logSize)
    return failed(
      `The last backup holds ${logSize} entries of the log, and the database ${logSizeNow}: it went back, by another way than restore.`,
      'Find out who set it back and what is missing: npm run aceite -- audit --checkpoint <file>. The file of that backup has more: keep it, and restore it into a new database.',
    );
  const grown = `it holds ${logSize} of the ${logSizeNow} entries of the log`;
  if (ageSeconds > backupDays.late * 86_400)
    return missing(
      `The last backup is ${spell(ageSeconds)} old, and ${grown}: the rest would be lost with the disk.`,
      take,
      'If one was made since, read what it said: a backup that the database could not note is not counted.',
    );
  return ok(
    `The last backup is ${spell(ageSeconds)} old, and ${grown} (SHA-256 ${sha256.slice(0, 12)}…). That its file can still be read only a restore proves.`,
  );
}
