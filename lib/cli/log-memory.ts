import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { decodeBase64, encodeBase64 } from '#lib/evidence/log/base64.ts';
import { emptyRoot, hashBytes } from '#lib/evidence/log/merkle.ts';
import type { LogSigner, SignedHistory } from '#lib/usecases/system/sign-log.ts';
import { CommandFailure } from './command.ts';
import { writeDurably } from './write-durably.ts';

/** The memory lies beside the key, because whoever moves the one must move the other. */
export const memoryFileOf = (keyFile: string): string => `${keyFile}.signed`;

const memory = z.strictObject({ size: z.int().nonnegative(), root: z.string() });

export const hasLogMemory = (keyFile: string): boolean => existsSync(memoryFileOf(keyFile));

/** Begins the memory of a new key, which has signed nothing; or of a known one, with what it is told to believe. */
export function beginLogMemory(
  keyFile: string,
  history: SignedHistory = { size: 0, root: emptyRoot() },
): Promise<void> {
  return write(memoryFileOf(keyFile), history);
}

/** What the log's signer has signed last, in a file of its own that a restored database cannot turn back. */
export function logMemory(keyFile: string): Pick<LogSigner, 'recall' | 'remember'> {
  const path = memoryFileOf(keyFile);
  return {
    recall: async () => read(path),
    remember: async (history) => {
      refuseGoingBack(path, history);
      await write(path, history);
    },
  };
}

/** The lock in the database is lost with its connection; whoever then goes on must not forget what another signer signed meanwhile. */
function refuseGoingBack(path: string, { size, root }: SignedHistory): void {
  const last = read(path);
  if (size > last.size || (size === last.size && Buffer.from(root).equals(last.root))) return;
  throw new Error(
    `${path}: another signer has signed ${last.size} entries meanwhile, and these ${size} are not signed`,
  );
}

function read(path: string): SignedHistory {
  const { size, root } = memory.parse(JSON.parse(readFileSync(path, 'utf8')));
  const bytes = decodeBase64(root);
  if (bytes?.length === hashBytes) return { size, root: bytes };
  throw new CommandFailure(`${path} is damaged, and without it nothing can be signed safely.`);
}

const write = (path: string, { size, root }: SignedHistory): Promise<void> =>
  writeDurably(path, `${JSON.stringify({ size, root: encodeBase64(root) })}\n`);
