import { existsSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { decodeBase64, encodeBase64 } from '#lib/evidence/log/base64.ts';
import { emptyRoot, hashBytes } from '#lib/evidence/log/merkle.ts';
import type { LogSigner, SignedHistory } from '#lib/usecases/system/sign-log.ts';
import { CommandFailure } from './command.ts';

/** The memory lies beside the key, because whoever moves the one must move the other. */
export const memoryFileOf = (keyFile: string) => `${keyFile}.signed`;

const memory = z.strictObject({ size: z.int().nonnegative(), root: z.string() });

export const hasLogMemory = (keyFile: string): boolean => existsSync(memoryFileOf(keyFile));

/** Begins the memory of a new key, which has signed nothing; or of a known one, with what it is told to believe. */
export function beginLogMemory(keyFile: string, history: SignedHistory = { size: 0, root: emptyRoot() }) {
  return write(memoryFileOf(keyFile), history);
}

/** What the log's signer has signed last, in a file of its own that a restored database cannot turn back. */
export function logMemory(keyFile: string): Pick<LogSigner, 'recall' | 'remember'> {
  const path = memoryFileOf(keyFile);
  return { recall: async () => read(path), remember: (history) => write(path, history) };
}

function read(path: string): SignedHistory {
  const { size, root } = memory.parse(JSON.parse(readFileSync(path, 'utf8')));
  const bytes = decodeBase64(root);
  if (bytes?.length === hashBytes) return { size, root: bytes };
  throw new CommandFailure(`${path} is damaged, and without it nothing can be signed safely.`);
}

/** The whole of it or nothing, and on the disk before this returns: file first, then its name in the folder. */
async function write(path: string, { size, root }: SignedHistory): Promise<void> {
  const draft = `${path}.draft`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ size, root: encodeBase64(root) })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}
