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
  | 'unsafe_settings'
  | 'postgres_failed';

/** Turns what the operating system refused into a refusal of ours; undefined for a fault that nobody foresaw. */
export function refusalOf(error: unknown): EmbeddedRefusal | undefined {
  if (error instanceof EmbeddedRefusal) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(path ?? 'the data folder');
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new EmbeddedRefusal(
      'not_allowed',
      `The embedded Postgres may not use ${path ?? 'what it needs'} (${code}). Give this user the right to it, set ACEITE_DATA_DIR to another folder, or set DATABASE_URL.`,
    );
  }
  return undefined;
}

export function diskFull(path: string): EmbeddedRefusal {
  return new EmbeddedRefusal(
    'disk_full',
    `The disk that holds ${path} is full, so Postgres cannot run. Free some space and start again; nothing is lost.`,
  );
}
