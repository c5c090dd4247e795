/** Why the embedded Postgres does not run. The message is for the person at the terminal and says what to do. */
export class EmbeddedRefusal extends Error {
  readonly code: EmbeddedRefusalCode;

  constructor(code: EmbeddedRefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type EmbeddedRefusalCode =
  | 'no_binaries'
  | 'no_user'
  | 'not_allowed'
  | 'disk_full'
  | 'port_taken'
  | 'in_use'
  | 'cluster_missing'
  | 'place_damaged'
  | 'unsafe_settings'
  | 'postgres_failed';

/** Turns what the operating system refused into a refusal of ours; undefined for a fault that nobody foresaw. */
export function refusalOf(error: unknown): EmbeddedRefusal | undefined {
  if (error instanceof EmbeddedRefusal) return error;
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && syscall?.startsWith('spawn')) {
    return new EmbeddedRefusal(
      'no_binaries',
      `The embedded Postgres does not run on this system (${path}; it needs glibc). Install Postgres 15 or later and set DATABASE_URL.`,
    );
  }
  // The last one is Postgres's own.
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') return diskFull(path ?? 'the data folder');
  if (code !== undefined && ['EACCES', 'EPERM', 'EROFS', 'EEXIST', 'ENOTDIR', 'ELOOP'].includes(code)) {
    return notAllowed(path ?? 'what it needs', code);
  }
  return undefined;
}

/** True when a program's words say that the disk had no room; a short write says so only in its hint. */
export function complainsOfFullDisk(words: string): boolean {
  return /No space left on device|Disk quota exceeded|Check free disk space/.test(words);
}

export function diskFull(path: string): EmbeddedRefusal {
  return new EmbeddedRefusal(
    'disk_full',
    `The disk that holds ${path} is full, so Postgres cannot run. Free some space and start again; nothing is lost.`,
  );
}

export function notAllowed(path: string, reason: string): EmbeddedRefusal {
  return new EmbeddedRefusal(
    'not_allowed',
    `The embedded Postgres may not use ${path} (${reason}). Give this user the right to it, set ACEITE_DATA_DIR to another folder, or set DATABASE_URL.`,
  );
}
