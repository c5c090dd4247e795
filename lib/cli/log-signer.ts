import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Config } from '#lib/config.ts';
import { type Database, openDatabase } from '#lib/db/database.ts';
import { formatVerifierKey } from '#lib/evidence/log/verifier-key.ts';
import { createLogger } from '#lib/http/log.ts';
import { newestSigned } from '#lib/usecases/system/newest-signed.ts';
import { sayOnce } from '#lib/usecases/system/say-once.ts';
import { type LogSigner, type SignedHistory, type SigningOutcome, signLog } from '#lib/usecases/system/sign-log.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { logKeyPlace, makeLogKeyFile, publishLogKey, readLogKeyFile } from './log-key-file.ts';
import { beginLogMemory, hasLogMemory, logMemory, memoryFileOf } from './log-memory.ts';
import type { NoteKey } from './note-key.ts';
import { readConfig } from './read-config.ts';
import { runningDatabaseOf } from './running-database.ts';
import { takeLock } from './take-lock.ts';

/** Far within the 60 seconds that are promised, and seldom enough that checkpoints, which are kept for ever, stay few. */
const signEveryMs = 5_000;

export const command: Command = {
  name: 'log-signer',
  summary: 'the only process that holds the key of the public log: signs it as it grows',
  usage: `Usage: npm run aceite -- log-signer [options]

Signs the log of all evidence every ${signEveryMs / 1000} seconds while there is something new. Needs DATABASE_URL and ACEITE_LOG_KEY_FILE (in
sandbox mode both are made by npm start). One per installation, and on a machine that the web does not run on, if you can.

What it has signed last stands beside the key, in <key file>.signed. It refuses to sign a log that is shorter than that, or another
one: that is a database that was restored from an old backup, or rewritten.

  --new-key          make the key file of ACEITE_LOG_KEY_FILE, and end
  --name <name>      the log's public name, with --new-key; default: the host of PORTAL_URL, then /log
  --replaces <file>  with --new-key: the key file that the new one takes over from, with its name and what it has signed last. Stop
                     the former signer first. Without it the new key remembers nothing, as befits a log of another name
  --adopt            the memory was lost: take the newest checkpoint of the database for it, and end

Example: ACEITE_LOG_KEY_FILE=/secrets/log.key npm run aceite -- log-signer --new-key --name assinar.example.com/log`,
  run: runSigner,
};

async function runSigner(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      'new-key': { type: 'boolean' },
      name: { type: 'string' },
      replaces: { type: 'string' },
      adopt: { type: 'boolean' },
    },
  });
  if (values.replaces !== undefined && !values['new-key'])
    throw new CommandFailure('--replaces goes with --new-key: it tells the new key what the former one has signed.');
  const config = readConfig();
  const keyFile = logKeyFileOf(config);
  if (values['new-key'] || (config.mode === 'sandbox' && !existsSync(keyFile) && !values.adopt)) {
    const name = values.name ?? `${new URL(config.portalUrl).host}/log`;
    await (values.replaces === undefined ? makeKey(keyFile, name) : replaceKey(keyFile, values.replaces, values.name));
    if (values['new-key']) return tellKey(keyFile, io);
  }
  const logKey = readLogKeyFile(keyFile);
  const { file } = config.logKeys;
  if (file !== undefined) await publishLogKey(file, publicHalfOf(logKey));
  await withDatabase(config, (db) => (values.adopt ? adopt(db, keyFile, io) : sign(config, db, { keyFile, logKey })));
  return exitCodes.ok;
}

/** The log's signing key, which no other process reads. */
function logKeyFileOf(config: Config): string {
  const file = logKeyPlace(config);
  if (file !== undefined) return file;
  throw new CommandFailure('ACEITE_LOG_KEY_FILE is missing. Set it to the path of the log-signing key.');
}

/** The same log under another key: nothing that the former one would have refused may pass. */
async function replaceKey(keyFile: string, former: string, name: string | undefined): Promise<void> {
  const { key } = readLogKeyFile(former);
  if (name !== undefined && name !== key.name)
    throw new CommandFailure(`The log of ${former} is ${key.name}, and a log that goes on keeps its name.`);
  if (!hasLogMemory(former)) throw memoryLost(former);
  await makeKey(keyFile, key.name, await logMemory(former).recall());
}

async function makeKey(keyFile: string, origin: string, history?: SignedHistory): Promise<void> {
  await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
  try {
    makeLogKeyFile(keyFile, origin);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CommandFailure(`${keyFile} exists already, and a key is never overwritten.`);
  }
  await beginLogMemory(keyFile, history);
}

function tellKey(keyFile: string, io: CommandIo): number {
  const publicHalf = publicHalfOf(readLogKeyFile(keyFile));
  io.err(`The log's key is ${keyFile}; everyone may know its public half:\n${publicHalf}`);
  io.err(
    'Put it into ACEITE_LOG_PUBLIC_KEYS of every process of the portal, beside those of former keys, divided by commas.',
  );
  return exitCodes.ok;
}

const publicHalfOf = ({ key }: NoteKey): string => formatVerifierKey(key);

async function withDatabase(config: Config, work: (db: Database) => Promise<void>): Promise<void> {
  const url = runningDatabaseOf(config);
  const db = openDatabase({ url, connectionsMax: 1, mode: config.mode, onIdleError: () => undefined });
  await work(db).finally(() => db.end());
}

async function adopt(db: Database, keyFile: string, io: CommandIo): Promise<void> {
  if (hasLogMemory(keyFile)) throw new CommandFailure(`${memoryFileOf(keyFile)} is there; nothing was adopted.`);
  const history = await newestSigned({ db, logKeys: () => [publicHalfOf(readLogKeyFile(keyFile))] });
  await beginLogMemory(keyFile, history);
  io.out(`From now on the log is signed as a continuation of its first ${history?.size ?? 0} entries.`);
}

/** Until it is asked to stop; what it must not sign ends it with the reason. */
async function sign(
  config: Config,
  db: Database,
  { keyFile, logKey }: { keyFile: string; logKey: NoteKey },
): Promise<void> {
  if (!hasLogMemory(keyFile)) throw memoryLost(keyFile);
  // Between looking at the memory and writing it, another signer could remember more and sign it.
  const release = await takeLock(
    `${keyFile}.in-use`,
    `Another log-signer already works with ${keyFile}. One per key: stop it first.`,
  );
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal, () => stop.abort());
  const log = createLogger(config);
  const signer: LogSigner = { ...logKey, ...logMemory(keyFile) };
  let hasSaidItsKey = false;
  try {
    while (!stop.signal.aborted) {
      try {
        if (!hasSaidItsKey) await sayOnce({ db }, { kind: 'log_key', content: { verifierKey: publicHalfOf(logKey) } });
        hasSaidItsKey = true;
        refuseOther(await signLog({ db }, signer), keyFile);
      } catch (error) {
        if (error instanceof CommandFailure) throw error;
        log.error({ error }, 'the log could not be signed');
      }
      await pause(signEveryMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  } finally {
    await release();
  }
}

function memoryLost(keyFile: string): CommandFailure {
  return new CommandFailure(
    `${memoryFileOf(keyFile)} is missing: what was signed last is forgotten, and a log must never sign two histories. Put the file back. Only if it is lost for good, and the database was not restored from a backup since: npm run aceite -- log-signer --adopt`,
  );
}

function refuseOther(outcome: SigningOutcome, keyFile: string): void {
  if (outcome.ok) return;
  // As soon as the log has grown beyond it there is something to sign again.
  if (outcome.code === 'checkpoint_forged')
    throw new Error(
      `checkpoint_forged: the database holds a checkpoint of ${outcome.size} entries that this key has not signed. Somebody wrote it: run aceite audit`,
    );
  const what =
    outcome.code === 'log_rollback_detected'
      ? `the log in the database has ${outcome.size} entries, and ${outcome.signed} were signed before. The database was restored from a backup that is older than that`
      : `the log in the database has ${outcome.size} entries and does not begin with the ${outcome.signed} that were signed before. It was rewritten`;
  throw new CommandFailure(
    `${outcome.code}: ${what}. Nothing is signed, so no new session gets a proof. Restore the newest backup. If there is none, give the log a new name and key, and tell all who watch it: set ACEITE_LOG_KEY_FILE to a new file and run log-signer --new-key --name <new name>. The old proofs stay good under the old key (${keyFile}).`,
  );
}
