import { parseArgs } from 'node:util';
import { findRetiredWrappingKeys, retireWrappingKey } from '#lib/db/session-keys.ts';
import { listWrappingKeys, type WrappingKeyView } from '#lib/usecases/system/list-wrapping-keys.ts';
import { type RewrapResult, rewrapSessionKeys } from '#lib/usecases/system/rewrap-session-keys.ts';
import {
  addWrappingKey,
  chooseWrappingKey,
  type KeyFileChange,
  newWrappingKeyId,
  removeWrappingKey,
} from '#lib/vault/key-file-changes.ts';
import { columns } from './columns.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { runSubcommand } from './subcommand.ts';
import { withProgram } from './with-program.ts';

export const command: Command = {
  name: 'keys',
  summary: 'change the wrapping keys of the key file while the portal runs',
  usage: `Usage: npm run aceite -- keys rotate
       npm run aceite -- keys rewrap
       npm run aceite -- keys list
       npm run aceite -- keys remove <id>
       npm run aceite -- keys add
       npm run aceite -- keys use <id>

Every session has a key of its own, kept in the database under one of the wrapping keys of the key file (ACEITE_KEYS_FILE).

  rotate       add a new wrapping key and use it; the running processes that read this file follow within a second
  rewrap       wrap the keys of all sessions with the current wrapping key; may be stopped and run again at any time
  list         the wrapping keys, and how many sessions need each
  remove <id>  take away a key that no session needs and that was replaced 25 hours ago or longer
  add          add a new key and do not use it yet: with several machines, copy the file to all of them first
  use <id>     make a key the current one; on every machine

A backup of the database can be read only with the keys of its time: keep the key file of every backup.

  --json       print JSON

Example: npm run aceite -- keys rotate && npm run aceite -- keys rewrap
`,
  run: async (args, io) => runSubcommand('keys', { rotate, rewrap, list, remove, add, use: choose }, args, io),
};

const options = { json: { type: 'boolean', default: false } } as const;
/** Sessions between two lines about the progress. */
const progressStep = 10_000;

async function rotate(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options });
  const { keysFile } = readConfig();
  const at = new Date();
  const id = newWrappingKeyId(at);
  // Two writes, each on the disk before the next: whatever a power cut undoes, no session is under a key that the file has lost.
  refuse(keysFile, id, await addWrappingKey(keysFile, id));
  refuse(keysFile, id, await chooseWrappingKey(keysFile, id, at));
  return tell(values.json, io, { wrappingKeyId: id }, `New sessions use the wrapping key ${id}. ${nextSteps}`);
}

const nextSteps = 'Keep a copy of the key file now, then wrap the older sessions anew: npm run aceite -- keys rewrap';

async function add(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options });
  const { keysFile } = readConfig();
  const id = newWrappingKeyId(new Date());
  refuse(keysFile, id, await addWrappingKey(keysFile, id));
  const then = `Copy the key file to every machine, then on each: npm run aceite -- keys use ${id}`;
  return tell(values.json, io, { wrappingKeyId: id }, `Added the wrapping key ${id}; nothing uses it yet. ${then}`);
}

async function choose(args: string[], io: CommandIo): Promise<number> {
  const { id, json } = keyNamed(args);
  const config = readConfig();
  // A copy of the key file that is older than the removal still has the key; the database would refuse every new session.
  const retired = await withProgram(config, io, ({ db }) => findRetiredWrappingKeys(db));
  if (retired.has(id)) throw new CommandFailure(`The wrapping key ${id} was taken away for good. Nothing was changed.`);
  refuse(config.keysFile, id, await chooseWrappingKey(config.keysFile, id, new Date()));
  return tell(json, io, { wrappingKeyId: id }, `New sessions use the wrapping key ${id}. ${nextSteps}`);
}

async function list(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options });
  return withProgram(readConfig(), io, async (program) => {
    const keys = await listWrappingKeys(program);
    const rows = keys.map((key) => [key.wrappingKeyId, stateOf(key), String(key.sessions)]);
    return tell(values.json, io, { items: keys }, columns([['id', 'state', 'sessions'], ...rows]));
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
    refuse(config.keysFile, id, await removeWrappingKey(config.keysFile, { id, at: new Date(), retire }));
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

function refuse(keysFile: string, id: string, change: KeyFileChange): void {
  if (!change.ok) throw new CommandFailure(`${refusalOf(keysFile, id, change)} Nothing was changed.`);
}

function refusalOf(keysFile: string, id: string, change: Extract<KeyFileChange, { ok: false }>): string {
  switch (change.code) {
    case 'change_under_way':
      return `Another command is changing the key file, or was cut off while it did. If none runs, delete ${change.draft} and try again.`;
    case 'unknown_key':
      return `The key file ${keysFile} has no wrapping key ${id}.`;
    case 'current_key':
      return `${id} is the key that new sessions use. Change it first: npm run aceite -- keys rotate`;
    case 'replaced_lately':
      return `Answers to repeated requests may still need ${id}. It can be removed from ${change.removableAt.toISOString()} on.`;
    case 'key_in_use':
      return `${change.sessions} sessions need ${id}. Wrap them anew first: npm run aceite -- keys rewrap`;
  }
}

function tell(isJson: boolean, io: CommandIo, json: unknown, sentence: string): number {
  io.out(isJson ? JSON.stringify(json, null, 2) : sentence);
  return exitCodes.ok;
}
