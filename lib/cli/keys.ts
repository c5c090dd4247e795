import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findRetiredWrappingKeys, retireWrappingKey } from '#lib/db/session-keys.ts';
import { listWrappingKeys, type WrappingKeyView } from '#lib/usecases/system/list-wrapping-keys.ts';
import { type RewrapResult, rewrapSessionKeys } from '#lib/usecases/system/rewrap-session-keys.ts';
import { missingPurposes, writeNewKeyFile } from '#lib/vault/key-file.ts';
import {
  addWrappingKey,
  chooseWrappingKey,
  completeKeyFile,
  newWrappingKeyId,
  removeWrappingKey,
  syncFolder,
} from '#lib/vault/key-file-changes.ts';
import { columns } from './columns.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { refuseUnchanged } from './key-change-refusal.ts';
import { readConfig } from './read-config.ts';
import { afterNewWrappingKey, rotateKey } from './rotate-key.ts';
import { runSubcommand } from './subcommand.ts';
import { withProgram } from './with-program.ts';

export const command: Command = {
  name: 'keys',
  summary: 'change the keys of the key file while the portal runs',
  usage: `Usage: npm run aceite -- keys rotate [wrapping | seal | cookie | offer | document-link]
       npm run aceite -- keys rewrap
       npm run aceite -- keys list
       npm run aceite -- keys remove <id>
       npm run aceite -- keys add
       npm run aceite -- keys use <id>
       npm run aceite -- keys complete
       npm run aceite -- keys create <file>

Every session has a key of its own, kept in the database under one of the wrapping keys of the key file (ACEITE_KEYS_FILE).

  rotate       add a new wrapping key and use it, or change another key; the running processes that read this file
               follow within a second
  rewrap       wrap the keys of all sessions with the current wrapping key; may be stopped and run again at any time
  list         the wrapping keys, how many sessions need each, and the public keys of the seal
  remove <id>  take away a key that no session needs and that was replaced 25 hours ago or longer
  add          add a new key and do not use it yet: with several machines, copy the file to all of them first
  use <id>     make a key the current one; on every machine
  complete     add the keys that a newer version needs and this file lacks
  create <file>  make the key file of a new installation; never over another one

A changed seal leaves its public key behind, so that older dossiers stay provable. What the other keys have signed counts
until it is of no use: offers and links to documents for a day, cookies of signers for 91 days. Their old keys then go with the
next rotation. With several machines, copy the file to the others at once.

The keys of links (linkKey), of blind indexes (indexKey) and of staff (staffSessionSecret) never change: the addresses that were
sent, the rows that are found by a document and the second factors of staff are made with them.

A backup of the database can be read only with the keys of its time: keep the key file of every backup.

  --leaked     with rotate cookie, offer or document-link: what the old key has signed counts for nothing from now on
  --json       print JSON

Example: npm run aceite -- keys rotate && npm run aceite -- keys rewrap
`,
  run: async (args, io) =>
    runSubcommand('keys', { rotate, rewrap, list, remove, add, use: choose, complete, create }, args, io),
};

const options = { json: { type: 'boolean', default: false } } as const;
/** Sessions between two lines about the progress. */
const progressStep = 10_000;

async function rotate(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { ...options, leaked: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [name = 'wrapping', ...others] = positionals;
  if (others.length > 0) throw new CommandFailure('Give one key to change.', exitCodes.usage);
  const { json, sentence } = await rotateKey(readConfig().keysFile, { name, hasLeaked: values.leaked });
  return tell(values.json, io, json, sentence);
}

async function complete(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options });
  const { keysFile } = readConfig();
  const added = missingPurposes(keysFile);
  if (added.length > 0) refuseUnchanged(keysFile, added.join(', '), await completeKeyFile(keysFile));
  const sentence =
    added.length > 0
      ? `Added ${added.join(', ')} to the key file. Keep a copy of it now, and copy it to every machine.`
      : 'The key file has all keys already; it was left as it is.';
  return tell(values.json, io, { added }, sentence);
}

/** Settings are not read: in production they name a key file that has to be there already. */
async function create(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [given, ...others] = positionals;
  if (given === undefined || others.length > 0)
    throw new CommandFailure('Give the path of one new file.', exitCodes.usage);
  const path = resolve(given);
  if (existsSync(path)) throw new CommandFailure(`${path} exists already. Nothing was changed.`);
  writeNewKeyFile(path);
  await syncFolder(dirname(path));
  const then = `Set ACEITE_KEYS_FILE to it, and keep a copy apart from the database. It opens nothing that was sealed with another one.`;
  return tell(values.json, io, { keysFile: path }, `Made ${path}, which its owner alone can read. ${then}`);
}

async function add(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options });
  const { keysFile } = readConfig();
  const id = newWrappingKeyId(new Date());
  refuseUnchanged(keysFile, id, await addWrappingKey(keysFile, id));
  const then = `Copy the key file to every machine, then on each: npm run aceite -- keys use ${id}`;
  return tell(values.json, io, { wrappingKeyId: id }, `Added the wrapping key ${id}; nothing uses it yet. ${then}`);
}

async function choose(args: string[], io: CommandIo): Promise<number> {
  const { id, json } = keyNamed(args);
  const config = readConfig();
  // A copy of the key file that is older than the removal still has the key; the database would refuse every new session.
  const retired = await withProgram(config, io, ({ db }) => findRetiredWrappingKeys(db));
  if (retired.has(id)) throw new CommandFailure(`The wrapping key ${id} was taken away for good. Nothing was changed.`);
  refuseUnchanged(config.keysFile, id, await chooseWrappingKey(config.keysFile, id, new Date()));
  return tell(json, io, { wrappingKeyId: id }, `New sessions use the wrapping key ${id}. ${afterNewWrappingKey}`);
}

async function list(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options });
  return withProgram(readConfig(), io, async (program) => {
    const keys = await listWrappingKeys(program);
    const rows = keys.map((key) => [key.wrappingKeyId, stateOf(key), String(key.sessions)]);
    const [present, ...former] = program.keys.sealPublicKeys().map((key) => key.toString('base64'));
    const text = [
      columns([['id', 'state', 'sessions'], ...rows]),
      '',
      `seal, public key (Ed25519, base64): ${present}`,
      ...former.map((key) => `before it: ${key}`),
    ].join('\n');
    return tell(values.json, io, { items: keys, seal: { publicKey: present, formerPublicKeys: former } }, text);
  });
}

function stateOf({ isCurrent, isInKeyFile, isRetired }: WrappingKeyView): string {
  if (!isInKeyFile) return 'MISSING from the key file';
  if (isRetired) return isCurrent ? 'TAKEN AWAY, but current: no session can be created' : 'taken away';
  return isCurrent ? 'current' : 'readable';
}

async function rewrap(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options });
  return withProgram(readConfig(), io, async (program) => {
    let told = Number.POSITIVE_INFINITY;
    const result = await rewrapSessionKeys(program, (left) => {
      if (told - left < progressStep) return;
      told = left;
      io.err(`${left} sessions are left.`);
    });
    tell(values.json, io, result, sentenceOf(result));
    return result.unreadable.length + result.left.length > 0 ? exitCodes.failed : exitCodes.ok;
  });
}

function sentenceOf({ current, rewrapped, left, unreadable }: RewrapResult): string {
  const sessions = left.reduce((sum, key) => sum + key.sessions, 0);
  const missing = left.filter(({ isInKeyFile }) => !isInKeyFile).map(({ wrappingKeyId }) => wrappingKeyId);
  return [
    `Wrapped ${rewrapped} sessions with the key ${current}; ${sessions} are left.`,
    ...(missing.length > 0 ? [`The key file has no ${missing.join(', ')}: put it back from a backup.`] : []),
    ...(unreadable.length > 0 ? [`These do not open with the key that they name: ${unreadable.join(', ')}.`] : []),
  ].join('\n');
}

async function remove(args: string[], io: CommandIo): Promise<number> {
  const { id, json } = keyNamed(args);
  const config = readConfig();
  return withProgram(config, io, async ({ db }) => {
    const retire = () => retireWrappingKey(db, id);
    refuseUnchanged(config.keysFile, id, await removeWrappingKey(config.keysFile, { id, at: new Date(), retire }));
    return tell(
      json,
      io,
      { wrappingKeyId: id },
      `Took the wrapping key ${id} away. Nothing can be written under it again.`,
    );
  });
}

function keyNamed(args: string[]): { id: string; json: boolean } {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [id, ...others] = positionals;
  if (id === undefined || others.length > 0)
    throw new CommandFailure('Give the id of one key, as "keys list" shows it.', exitCodes.usage);
  return { id, json: values.json };
}

function tell(isJson: boolean, io: CommandIo, json: unknown, sentence: string): number {
  io.out(isJson ? JSON.stringify(json, null, 2) : sentence);
  return exitCodes.ok;
}
