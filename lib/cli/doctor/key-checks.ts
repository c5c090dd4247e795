import { existsSync } from 'node:fs';
import type { Config } from '#lib/config.ts';
import { findWorkspaceIds } from '#lib/db/workspaces.ts';
import { listApiKeys } from '#lib/usecases/system/list-api-keys.ts';
import { listWrappingKeys } from '#lib/usecases/system/list-wrapping-keys.ts';
import { readKeyFile } from '#lib/vault/key-file.ts';
import { createKeyring } from '#lib/vault/keyring.ts';
import { CommandFailure } from '../command.ts';
import { logKeyPlace, readLogKeyFile } from '../log-key-file.ts';
import { hasLogMemory, memoryFileOf } from '../log-memory.ts';
import {
  type Check,
  type Examined,
  type Finding,
  failed,
  notChecked,
  ok,
  warning,
  withSettings,
  withTables,
  worstOf,
} from './check.ts';
import { looseMode } from './place-checks.ts';

export const keyChecks: readonly Check[] = [
  { id: 'key-file', title: 'Key file', run: withSettings(judgeKeyFile) },
  { id: 'log-key', title: "Log's key", run: withSettings(judgeLogKey) },
  { id: 'log-public-keys', title: 'Keys by which the log is known', run: withSettings(judgePublicKeys) },
  { id: 'private-keys', title: 'Private keys', run: withSettings(judgePrivateKeys) },
  { id: 'wrapping-keys', title: 'Wrapping keys', run: withTables(judgeWrappingKeys) },
  { id: 'api-keys', title: 'API keys', run: withTables(judgeApiKeys) },
];

function judgeKeyFile({ mode, keysFile }: Config): Finding {
  if (mode === 'sandbox' && !existsSync(keysFile))
    return notChecked(`There is no key file ${keysFile} yet.`, 'Start the portal once, which makes it: npm start');
  try {
    readKeyFile(keysFile);
  } catch (error) {
    return failed(
      error instanceof Error ? `${error.message}.`.replace(/\.\.$/, '.') : 'The key file cannot be used.',
      'Put the key file back from its copy, or set ACEITE_KEYS_FILE to where it is. No new one opens what was sealed with it.',
    );
  }
  return looseFinding(keysFile) ?? ok(`The key file ${keysFile} is whole, and only its owner can open it.`);
}

function looseFinding(file: string): Finding | undefined {
  const loose = looseMode(file);
  if (!loose) return undefined;
  const mend = `Run: chmod 600 ${file}`;
  if (loose.isOpenToAll)
    return failed(
      `Every user of this machine can open ${file} (mode ${loose.mode}).`,
      mend,
      'If there are others, change what it holds.',
    );
  return warning(
    `The group of ${file} can open it (mode ${loose.mode}).`,
    `${mend}, unless the portal's processes need the group.`,
  );
}

/** Only where the signer runs is there anything to look at; the web is never told where the key is. */
function judgeLogKey(config: Config): Finding {
  const file = logKeyPlace(config);
  if (file === undefined || (config.mode === 'sandbox' && !existsSync(file)))
    return notChecked(
      "The log's key is not on this machine, as far as the settings say.",
      'Ask again where log-signer runs, with ACEITE_LOG_KEY_FILE.',
    );
  try {
    readLogKeyFile(file);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return failed(error.message, 'Put the file back from its copy.');
  }
  if (!hasLogMemory(file))
    return failed(
      `${memoryFileOf(file)} is missing: what was signed last is forgotten, and nothing more is signed.`,
      'Put the file back. Only if it is lost for good, and no backup was restored since: npm run aceite -- log-signer --adopt',
    );
  return looseFinding(file) ?? ok(`The log's key ${file} is whole, and only its owner can open it.`);
}

function judgePublicKeys({ mode, logKeys }: Config): Finding {
  if (mode === 'sandbox' && logKeys.named.length === 0) return ok("The sandbox knows the log by its own signer's key.");
  if (logKeys.named.length > 0) return ok(`Keys in ACEITE_LOG_PUBLIC_KEYS: ${logKeys.named.length}.`);
  return warning(
    'ACEITE_LOG_PUBLIC_KEYS is not set, so trust files take the word of the database for the keys of the log.',
    'Set it to what "log-signer --new-key" printed.',
  );
}

/** Those that are files of their own: whoever has one speaks to the lender, or seals certificates, in our name. */
function judgePrivateKeys({ qitech, pdfSeal }: Config): Finding {
  const files = [qitech.privateKeyFile, pdfSeal?.keyFile].filter((file) => file !== undefined);
  const loose = files.filter((file) => existsSync(file)).flatMap((file) => looseFinding(file) ?? []);
  return (
    worstOf(loose) ?? ok("Only their owner can open the private keys for the lender and for the certificates' seal.")
  );
}

async function judgeWrappingKeys({ config, db }: Examined): Promise<Finding> {
  const keys = keysIn(config);
  if (!keys) return notChecked('The key file could not be read.', 'Mend what "Key file" names, then ask again.');
  const all = await listWrappingKeys({ db, keys });
  const lost = all.filter(({ isInKeyFile, sessions }) => !isInKeyFile && sessions > 0);
  if (lost.length > 0) {
    const sessions = lost.reduce((sum, key) => sum + key.sessions, 0);
    return failed(
      `Sessions and settings for the lender that cannot be read: ${sessions}. The key file has no ${lost.map((key) => key.wrappingKeyId).join(', ')}.`,
      'Put these keys back from a copy of the key file; nothing else opens them.',
    );
  }
  const current = all.find(({ isCurrent }) => isCurrent);
  if (current?.isRetired)
    return failed(
      `The current wrapping key ${current.wrappingKeyId} was taken away for good, so no session can be created.`,
      'This key file is an old copy: put the newest in its place.',
    );
  return ok('Every session can be opened with a key of the key file.');
}

function keysIn({ keysFile }: Config) {
  try {
    return createKeyring(readKeyFile(keysFile));
  } catch {
    return undefined;
  }
}

/** A hint, never a fault: which keys are worth an end is the operator's to say. */
async function judgeApiKeys({ db, config }: Examined): Promise<Finding> {
  const workspaces = await findWorkspaceIds(db);
  const place = { db, isSandbox: config.mode === 'sandbox' };
  const keys = (await Promise.all(workspaces.map((id) => listApiKeys(place, id)))).flat();
  const live = keys.filter(({ state }) => state === 'live');
  if (live.length === 0) return ok('No API key is live: no merchant can create sessions.');
  const endless = live.filter(({ expiresAt }) => expiresAt === undefined).length;
  const unused = live.filter(({ lastUsedAt }) => lastUsedAt === undefined).length;
  return ok(`API keys that are live: ${live.length}; without an end: ${endless}; never used: ${unused}.`);
}
