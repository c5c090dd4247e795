export type BackupRefusal =
  /** The database has nothing to back up, or does not let all of its rows be read. */
  | 'not_migrated'
  | 'rows_hidden'
  /** The file's name is taken. */
  | 'file_exists'
  /** The file is none of ours, ends too early, or is not as it was written. */
  | 'not_a_backup'
  | 'cut'
  | 'damaged'
  /** File and database, or file and program, do not fit together. */
  | 'other_migrations'
  | 'wrong_mode'
  | 'not_empty'
  | 'other_tables'
  | 'not_loadable'
  | 'not_equal';

/** Why nothing was backed up or restored, in words for the person at the terminal. */
export class BackupRefused extends Error {
  readonly code: BackupRefusal;

  constructor(code: BackupRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupRefused';
    this.code = code;
  }
}
