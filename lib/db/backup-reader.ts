import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { z } from 'zod';
import {
  type BackupHeader,
  type BackupSeal,
  backupFormat,
  backupHeader,
  backupSeal,
  type TableSum,
  tableSums,
} from '#lib/schema/backup-file.ts';
import { BackupRefused } from './backup-refused.ts';

/** More than any row of ours, and as much as the server takes as one JSON value: a file without line feeds must not fill the memory. */
const lineBytesMax = 256 * 1_048_576;
const readBytes = 1_048_576;
const lineFeed = 0x0a;

/** A backup file that has the hash its seal names; who signed the seal is for the caller to ask, who has the keys. */
export type CheckedBackup = { header: BackupHeader; tables: TableSum[]; seal: BackupSeal };

/**
 * Reads a whole backup file and holds it against its seal before anything is made of it. Throws BackupRefused when it is none of
 * ours (`not_a_backup`), ends before its seal (`cut`) or has another byte anywhere (`damaged`).
 */
export async function checkBackupFile(path: string): Promise<CheckedBackup> {
  const hash = createHash('sha256');
  let header: BackupHeader | undefined;
  // The last line is the seal and the one before it holds the sums, and which ones these are is known only at the end.
  let beforeLast: Buffer | undefined;
  let last: Buffer | undefined;
  for await (const line of backupLines(path)) {
    header ??= readHeader(path, line);
    if (last) hash.update(last).update('\n');
    beforeLast = last;
    last = line;
  }
  const seal = last && parsed(backupSeal, last);
  if (!header) throw new BackupRefused('not_a_backup', `${path} is empty.`);
  if (!seal) throw cut(path);
  if (seal.sha256 !== hash.digest('hex')) throw damaged(path);
  const sums = beforeLast && parsed(tableSums, beforeLast);
  if (!sums) throw new BackupRefused('not_a_backup', `${path} does not sum up its tables. Nothing was restored.`);
  return { header, tables: sums.tables, seal };
}

/** The lines of a backup file in order, without their line feeds. Throws BackupRefused (`cut`) when the last one has none. */
export async function* backupLines(path: string): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  let begunBytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: readBytes }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      yield Buffer.concat([...begun, chunk.subarray(start, end)]);
      begun = [];
      begunBytes = 0;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    begun.push(chunk.subarray(start));
    begunBytes += chunk.length - start;
    if (begunBytes > lineBytesMax) throw new BackupRefused('not_a_backup', `${path} has a line that no backup has.`);
  }
  if (begun.length > 0) throw cut(path);
}

/** The line as that shape, or undefined. */
export function parsed<T>(shape: z.ZodType<T>, line: Uint8Array): T | undefined {
  try {
    return shape.parse(JSON.parse(Buffer.from(line).toString('utf8')));
  } catch {
    return undefined;
  }
}

export function damaged(path: string): BackupRefused {
  return new BackupRefused(
    'damaged',
    `${path} is not as it was written: its bytes do not have the hash that its last line names. Take another copy of this backup. Nothing was restored.`,
  );
}

function cut(path: string): BackupRefused {
  return new BackupRefused(
    'cut',
    `${path} does not end as a backup ends, so a part of it is missing. Take another copy of this backup. Nothing was restored.`,
  );
}

function readHeader(path: string, line: Buffer): BackupHeader {
  const header = parsed(backupHeader, line);
  if (header) return header;
  const message = `${path} does not begin as a backup of the format ${backupFormat} begins. Nothing was restored.`;
  throw new BackupRefused('not_a_backup', message);
}
