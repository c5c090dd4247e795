import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '#lib/config.ts';
import { openDatabase } from '#lib/db/database.ts';
import { findWorkspaceIds, workspaceHasSessions } from '#lib/db/workspaces.ts';
import { type SandboxClientKeys, sandboxClientKeys } from '#lib/providers/qitech/sandbox-client-keys.ts';
import { appearOnce } from '#lib/providers/write-once.ts';
import { missingPurposes, writeNewKeyFile } from '#lib/vault/key-file.ts';
import { completeKeyFile, syncFolder } from '#lib/vault/key-file-changes.ts';
import { CommandFailure } from './command.ts';
import { refuseUnchanged } from './key-change-refusal.ts';
import { makeSandboxSeal } from './sandbox-seal.ts';

/**
 * Makes what a sandbox needs before the program can be composed: the key file and our keys for the lender. What exists is never
 * overwritten; a key file of an earlier version gets the keys that it lacks. Needs a migrated database at `databaseUrl`, which is asked whether a new key file would lock anything away.
 */
export async function makeSandboxSecrets(config: Config & { databaseUrl: string }): Promise<SandboxClientKeys> {
  const { dataDir, keysFile, qitech } = config;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (!existsSync(keysFile)) {
    await refuseToLockAway(config);
    await makeKeyFile(keysFile);
  } else if (missingPurposes(keysFile).length > 0) {
    refuseUnchanged(keysFile, 'sealKey', await completeKeyFile(keysFile));
  }
  if (config.pdfSeal?.keyFile.startsWith(dataDir)) await makeSandboxSeal(config.pdfSeal.keyFile);
  return sandboxClientKeys({ dataDir, ...qitech });
}

/** The sandbox's own API key and staff password: kept readable, for nobody else, so that every start prints the same ones. */
export type KeptSecret = 'sandbox-api-key' | 'sandbox-staff-password';

export async function readKeptSecret({ dataDir }: Config, name: KeptSecret): Promise<string | undefined> {
  const text = await readFile(join(dataDir, name), 'utf8').catch(() => '');
  return text.trim() || undefined;
}

/** Whole or not at all. */
export async function keepSecret({ dataDir }: Config, name: KeptSecret, secret: string): Promise<void> {
  const file = join(dataDir, name);
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  await rename(draft, file);
}

/** Every session is sealed with the key file of its time, so the first session is enough to say no. */
async function refuseToLockAway({ databaseUrl, keysFile }: Config & { databaseUrl: string }): Promise<void> {
  const db = openDatabase({ url: databaseUrl, connectionsMax: 1, onIdleError: () => undefined });
  try {
    for (const workspaceId of await findWorkspaceIds(db)) {
      const scope = { role: 'aceite_app', workspaceId } as const;
      if (await db.transaction(scope, (tx) => workspaceHasSessions(tx, workspaceId))) throw keyFileLost(keysFile);
    }
  } finally {
    await db.end();
  }
}

function keyFileLost(keysFile: string): CommandFailure {
  return new CommandFailure(
    `The key file ${keysFile} is missing, and the database holds signing sessions that were sealed with it: contracts, details and evidence that no new key can open. Put the key file back from a backup, or set ACEITE_KEYS_FILE to where it is. To begin anew instead, set ACEITE_DATA_DIR to another folder (and DATABASE_URL, if you use it, to an empty database). Nothing was changed.`,
  );
}

/** Appears with its content or not at all, and never over another: two processes may start together. */
async function makeKeyFile(keysFile: string): Promise<void> {
  await mkdir(dirname(keysFile), { recursive: true, mode: 0o700 });
  await appearOnce(keysFile, writeNewKeyFile);
  await syncFolder(dirname(keysFile));
}
