import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '#lib/config.ts';
import { signatureTypes } from '#lib/evidence/log/verifier-key.ts';
import { CommandFailure } from './command.ts';
import { type NoteKey, newNoteKey, readNoteKey } from './note-key.ts';
import { writeDurably } from './write-durably.ts';

/** Where the log's key is, or is to be; sandbox mode has a place for it. */
export function logKeyPlace({ mode, logKeyFile, dataDir }: Config): string | undefined {
  return logKeyFile ?? (mode === 'sandbox' ? join(dataDir, 'log.key') : undefined);
}

/** Makes a log's signing key (Ed25519) under its name, in a new file of mode 0600, on the disk before this returns; never over another. */
export function makeLogKeyFile(path: string, origin: string): void {
  writeFileSync(path, newNoteKey(origin, signatureTypes.note).line, { mode: 0o600, flag: 'wx', flush: true });
}

/** Puts a public half before those that the sandbox's other processes believe already; it may sign once this returns. */
export async function publishLogKey(file: string, publicHalf: string): Promise<void> {
  const former = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  if (former.includes(publicHalf)) return;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeDurably(file, `${[publicHalf, ...former].join('\n')}\n`, 0o644);
}

/** Reads a log's signing key. What is wrong with the file is told without its content. */
export function readLogKeyFile(path: string): NoteKey {
  const reading = readNoteKey(contentOf(path), signatureTypes.note);
  if (reading.ok) return reading;
  if (reading.code === 'not_a_key') throw new CommandFailure(`${path} is not the key file of a log's signer.`);
  throw new CommandFailure(`${path} is damaged: its name and its key do not belong together.`);
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new CommandFailure(
      `The log's signing key ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Set ACEITE_LOG_KEY_FILE to where it is; a new one is made by: npm run aceite -- log-signer --new-key`,
    );
  }
}
