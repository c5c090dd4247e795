import { createHash, randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type BackupSeal, backupSealMessage, type TableSum } from '#lib/schema/backup-file.ts';
import { BackupRefused } from './backup-refused.ts';

/** Lines are gathered up to this size before they are written: few system calls, little memory. */
const chunkBytes = 1_048_576;

/** Writes a JSON value, or a text that is JSON already, as the next line. */
export type WriteLine = (value: object | string) => void;

/** Signs for the installation whose backup it is. */
export type SignBackup = (message: Uint8Array) => Uint8Array;

/**
 * Writes a backup file from the lines that `produce` hands over, and their sums and the seal behind them. The file appears under its name when it
 * is whole and on the disk, readable for its owner only, or not at all. Writing is synchronous: a database that is faster than the disk
 * has to wait, so nothing piles up between them.
 */
export async function writeBackupFile(
  path: string,
  sign: SignBackup,
  produce: (write: WriteLine) => Promise<TableSum[]>,
): Promise<{ bytes: number; sha256: string; tables: TableSum[] }> {
  if (existsSync(path)) throw nameTaken(path);
  const draft = `${path}.${randomUUID()}.part`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    const lines = lineWriter(file);
    const tables = await produce(lines.write);
    lines.write({ tables });
    const sha256 = lines.sha256();
    const signature = Buffer.from(sign(backupSealMessage(sha256))).toString('base64');
    lines.write({ sha256, signature } satisfies BackupSeal);
    const bytes = lines.flush();
    fsyncSync(file);
    if (existsSync(path)) throw nameTaken(path);
    renameSync(draft, path);
    syncFolder(dirname(path));
    return { bytes, sha256, tables };
  } finally {
    closeSync(file);
    rmSync(draft, { force: true });
  }
}

function lineWriter(file: number): { write: WriteLine; flush(): number; sha256(): string } {
  const hash = createHash('sha256');
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let bytes = 0;
  const flush = () => {
    const chunk = Buffer.concat(waiting);
    hash.update(chunk);
    // A system call may take only a part.
    for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
    bytes += chunk.length;
    waiting = [];
    waitingBytes = 0;
    return bytes;
  };
  const write: WriteLine = (value) => {
    const line = Buffer.from(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`);
    waiting.push(line);
    waitingBytes += line.length;
    if (waitingBytes >= chunkBytes) flush();
  };
  const sha256 = () => {
    flush();
    return hash.copy().digest('hex');
  };
  return { write, flush, sha256 };
}

/** The name itself is on the disk only when its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function nameTaken(path: string): BackupRefused {
  return new BackupRefused('file_exists', `There is a file ${path} already, and no backup is written over another.`);
}
