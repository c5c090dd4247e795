import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandFailure } from '#lib/cli/command.ts';
import { type NoteKey, newNoteKey, readNoteKey } from '#lib/cli/note-key.ts';
import { takeLock } from '#lib/cli/take-lock.ts';
import { writeDurably } from '#lib/cli/write-durably.ts';
import { nothingSeen, type SeenTree } from '#lib/evidence/log/judge-checkpoint.ts';
import { readCheckpoint } from '#lib/evidence/log/read-checkpoint.ts';
import { formatVerifierKey, signatureTypes } from '#lib/evidence/log/verifier-key.ts';

/** A witness's own folder: its key, and its memory of the logs that it watches. */
export type WitnessFolder = NoteKey & {
  seenOf(origin: string): SeenTree;
  /** Remembers the checkpoint (a whole signed note) as the last that was cosigned; returns when it would survive a power cut. */
  remember(origin: string, note: Uint8Array): Promise<void>;
  /** Keeps what a log signed, beside what it signed before of another tree of the same size, as proof against it. Gives the file. */
  keepFork(origin: string, size: number, note: Uint8Array): Promise<string>;
  release(): Promise<void>;
};

/** By origin, the last note that was cosigned, as text. */
type Memory = ReadonlyMap<string, string>;

/**
 * Opens the folder for this process alone; the first start makes it, with a key. A key without its memory is refused, because a witness
 * that forgot what it signed could sign a second history; `isAdopted` says that whoever runs it wants that all the same.
 */
export async function openWitnessFolder(
  folder: string,
  { name, isAdopted }: { name: string | undefined; isAdopted: boolean },
): Promise<WitnessFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const release = await takeLock(
    join(folder, 'in-use'),
    `Another witness already works in ${folder}. Stop it first, or name another folder with --data.`,
  );
  try {
    const witness = await openKey(folder, name, isAdopted);
    return { ...witness, ...(await openMemory(folder, witness, isAdopted)), release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function openKey(folder: string, name: string | undefined, isAdopted: boolean): Promise<NoteKey> {
  const file = join(folder, 'witness.key');
  const text = await readIfThere(file);
  if (text === undefined) return await makeKey(folder, file, name ?? 'witness');
  const reading = readNoteKey(text, signatureTypes.cosignature);
  if (!reading.ok) throw new CommandFailure(`${file} is damaged. Put back a copy of it, or start in a new folder.`);
  const { key, sign } = reading;
  if (name !== undefined && name !== key.name)
    throw new CommandFailure(`This witness is called ${key.name}: others know its key by that name. Leave --name out.`);
  if (isAdopted || (await readIfThere(memoryFile(folder))) !== undefined) return { key, sign };
  throw new CommandFailure(
    `${memoryFile(folder)} is gone, and with it what this witness has signed: it could be shown another history now. ` +
      'Put the file back. If it is lost for good, --adopt begins again with what the logs show next.',
  );
}

/** The empty memory comes first: a start that was cut off leaves no key without one. */
async function makeKey(folder: string, file: string, name: string): Promise<NoteKey> {
  const memory = await readIfThere(memoryFile(folder));
  if (memory !== undefined && memory !== noMemory)
    throw new CommandFailure(
      `${file} is gone, but ${memoryFile(folder)} is there. Put the key back, or start in a new folder.`,
    );
  const { line, key, sign } = newNoteKey(name, signatureTypes.cosignature);
  await writeDurably(memoryFile(folder), noMemory);
  await writeDurably(file, line);
  return { key, sign };
}

async function openMemory(folder: string, { key }: NoteKey, isAdopted: boolean) {
  const file = memoryFile(folder);
  if (isAdopted && (await readIfThere(file)) === undefined) await writeDurably(file, noMemory);
  let written = (await readIfThere(file)) ?? '';
  let memory = memoryIn(written, file, formatVerifierKey(key));
  return {
    seenOf: (origin: string): SeenTree => seenIn(memory.get(origin)) ?? nothingSeen(),
    remember: async (origin: string, note: Uint8Array) => {
      if ((await readIfThere(file)) !== written) throw new Error(`${file} was changed by somebody else`);
      const grown = new Map([...memory, [origin, textIn(note)]]);
      const text = textOf(grown, formatVerifierKey(key));
      await writeDurably(file, text);
      [memory, written] = [grown, text];
    },
    keepFork: async (origin: string, size: number, note: Uint8Array) => {
      const log = createHash('sha256').update(origin).digest('hex').slice(0, 8);
      const fork = join(folder, `fork-of-${log}-at-${size}.txt`);
      // The first pair is proof enough, and nobody can fill the disk with more.
      const pair = `${memory.get(origin) ?? ''}\n${textIn(note)}`;
      await writeFile(fork, pair, { flag: 'wx', mode: 0o600 }).catch(ignoreExisting);
      return fork;
    },
  };
}

const memoryFile = (folder: string): string => join(folder, 'seen.json');

/** Of a witness that has not cosigned anything. */
const noMemory = '{}\n';

function textOf(memory: Memory, witness: string): string {
  return `${JSON.stringify({ witness, logs: Object.fromEntries(memory) }, null, 2)}\n`;
}

function memoryIn(text: string, file: string, witness: string): Memory {
  if (text === noMemory) return new Map();
  const damaged = new CommandFailure(
    `${file} is damaged, or belongs to another key. Put back the file that this witness wrote last; if it is lost for good, delete it and start with --adopt.`,
  );
  let logs: Map<string, unknown>;
  try {
    const parsed = JSON.parse(text);
    if (parsed.witness !== witness) throw damaged;
    logs = new Map(Object.entries(parsed.logs));
  } catch {
    throw damaged;
  }
  const isWhole = [...logs.values()].every((note) => typeof note === 'string' && seenIn(note) !== undefined);
  if (!isWhole) throw damaged;
  return logs as Map<string, string>;
}

function seenIn(noteText: string | undefined): SeenTree | undefined {
  return noteText === undefined ? undefined : readCheckpoint(new TextEncoder().encode(noteText));
}

const textIn = (note: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(note);

async function readIfThere(file: string): Promise<string | undefined> {
  return await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
