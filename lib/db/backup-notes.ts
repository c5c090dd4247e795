import type pg from 'pg';
import type { Tx } from './database.ts';

/** What a backup's snapshot shows of the database that it is of: its instant, the entries of its log, and those that a checkpoint covers. */
export type SnapshotStanding = { at: Date; logSize: number; signedSize: number };

export type BackupNote = Omit<SnapshotStanding, 'at'> & {
  /** `made`: a file of this database. `restored`: this database of a file. */
  what: 'made' | 'restored';
  takenAt: Date;
  bytes: number;
  sha256: string;
  build: string;
};

const tableText = "SELECT to_regclass('public.backup_notes') IS NOT NULL AS exists";

// Whole numbers up to 2^53 are exact as float8, and the driver gives them as numbers.
const standingText = `SELECT public.aceite_now() AS at, (SELECT size FROM public.log_head)::float8 AS "logSize",
  (SELECT coalesce(max(size), 0) FROM public.log_checkpoints)::float8 AS "signedSize"`;

/** For the owner, within the snapshot. Undefined in a database of before migration 0036, which has no place for notes. */
export async function readSnapshotStanding(client: pg.Client): Promise<SnapshotStanding | undefined> {
  const { rows } = await client.query<{ exists: boolean }>(tableText);
  return rows[0]?.exists ? (await client.query<SnapshotStanding>(standingText)).rows[0] : undefined;
}

// Two commands at once must not take one place.
const lockText = 'LOCK TABLE public.backup_notes IN SHARE ROW EXCLUSIVE MODE';

const noteText = `
  INSERT INTO public.backup_notes (position, what, taken_at, bytes, sha256, log_size, signed_size, build)
  SELECT coalesce(max(position), 0) + 1, $1, $2, $3, decode($4, 'hex'), $5, $6, $7 FROM public.backup_notes`;

/** For the owner, in a transaction that is open. */
export async function insertBackupNote(client: pg.Client, note: BackupNote): Promise<void> {
  const { what, takenAt, bytes, sha256, logSize, signedSize, build } = note;
  await client.query(lockText);
  await client.query(noteText, [what, takenAt, bytes, sha256, logSize, signedSize, build]);
}

export type BackupNoteRow = {
  what: BackupNote['what'];
  taken_at: Date;
  noted_at: Date;
  age_seconds: number;
  sha256: string;
  log_size: number;
  log_size_now: number;
};

const newest = {
  name: 'newest_backup_note',
  text: `SELECT what, taken_at, noted_at, extract(epoch FROM aceite_now() - taken_at)::float8 AS age_seconds,
      encode(sha256, 'hex') AS sha256, log_size::float8 AS log_size, (SELECT size FROM log_head)::float8 AS log_size_now
    FROM backup_notes ORDER BY position DESC LIMIT 1`,
};

/** Undefined before the first. */
export function newestBackupNote(tx: Tx): Promise<BackupNoteRow | undefined> {
  return tx.row<BackupNoteRow>(newest, []);
}
