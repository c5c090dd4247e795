import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readBuildId } from '#lib/compose.ts';
import type { Config } from '#lib/config.ts';
import { type Backup, noteBackup, takeBackup } from '#lib/db/backup.ts';
import { formatByteSize } from '#lib/format/byte-size.ts';
import { readKeyFile } from '#lib/vault/key-file.ts';
import { createKeyring } from '#lib/vault/keyring.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { logKeyPlace } from './log-key-file.ts';
import { memoryFileOf } from './log-memory.ts';
import { onlyFile, withOwnersDatabase } from './owners-database.ts';
import { readConfig } from './read-config.ts';
import { rowsPerTable } from './rows-per-table.ts';

export const command: Command = {
  name: 'backup',
  summary: 'write all rows of the database into one file, while the portal runs',
  usage: `Usage: npm run aceite -- backup <file> [--json]

Writes every table, as it stood at one instant, into a new file (mode 0600) that "restore" reads. The portal goes on meanwhile. The
file appears when it is whole and on the disk, or not at all. Uses MIGRATION_DATABASE_URL, the owner's connection, or the embedded
database when DATABASE_URL is not set.

What is sealed in the database is sealed in the file: what signers typed and read is in neither without the key file. What is not
sealed there, such as order ids, hashes, and the names and e-mail addresses of staff, is readable in both. The keys are in no backup:
keep a copy of the files that are named at the end, in another place. A backup also keeps what is erased later: do not keep backups
longer than you could answer for that.

When the file is there the database notes it: when, how large, its hash and how far the log had come, never where it lies. From that "doctor"
tells how old the last backup is; whether its file can still be read only "restore" tells.

  <file>   must not exist
  --json   print JSON: { "file", "bytes", "sha256", "mode", "takenAt", "wrappingKeyIds": [], "tables": [{ "table", "rows",
           "sha256" }], "keepApart": [], "isNoted" }

Exits with 0 when the file is there, noted or not ("isNoted", and a sentence on the error output), with 1 when there is none, with 2 when the call is wrong.

Example: npm run aceite -- backup /var/backups/aceite-2031-05-06.jsonl
`,
  run: async (args, io) => {
    const options = { json: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const file = onlyFile(positionals);
    const config = readConfig();
    if (!existsSync(dirname(file)))
      throw new CommandFailure(`There is no folder ${dirname(file)} to put the backup into.`);
    const { sign } = createKeyring(readKeyFile(config.keysFile)).installationSeal();
    const backup = await withOwnersDatabase(config, io, async ({ ownerUrl }) => {
      const taken = await takeBackup({ ownerUrl, path: file, takenAt: new Date(), sign, onProgress: io.err });
      return { ...taken, isNoted: await tryToNote(ownerUrl, taken, io) };
    });
    const keepApart = filesApart(config);
    io.out(values.json ? factsOf(file, backup, keepApart) : closingWords(file, backup, keepApart));
    return exitCodes.ok;
  },
};

/** A backup that its database does not know of is no worse for it; the doctor will ask for one too early, and never too late. */
async function tryToNote(
  ownerUrl: string,
  { bytes, sha256, standing }: Backup,
  { err }: Pick<CommandIo, 'err'>,
): Promise<boolean> {
  const unnoted = (why: string) => {
    err(`The backup is there and whole, but the database could not note it, so "doctor" does not count it: ${why}`);
    return false;
  };
  if (!standing) return unnoted('it is of an older version; run: npm run aceite -- migrate');
  try {
    await noteBackup(ownerUrl, { bytes, sha256, standing, build: readBuildId() });
    return true;
  } catch (error) {
    return unnoted(error instanceof Error ? error.message : String(error));
  }
}

/** What a restored portal needs besides its rows, and no backup holds. */
function filesApart(config: Config): string[] {
  const logKey = logKeyPlace(config);
  const published = [config.logKeys.file].filter((file) => file !== undefined && existsSync(file));
  const ofLog = logKey === undefined ? [] : [logKey, memoryFileOf(logKey), ...published];
  const secrets = [config.keysFile, ...ofLog, config.qitech.privateKeyFile].filter((file) => file !== undefined);
  return [...secrets, ...sealAndRoots(config)];
}

/** Without these a restored portal seals otherwise, and believes no time stamp that it has; an installation may have none of them. */
function sealAndRoots({ pdfSeal, timeStamps, dataDir }: Config): string[] {
  const { authorities, areSandboxAuthorities, rootsFile } = timeStamps;
  const ofSandbox = authorities.map(({ name }) => join(dataDir, `time-stamp-authority-${name}.pem`));
  const roots = areSandboxAuthorities ? ofSandbox : [];
  // Certificate and key may stand in one file.
  const files = [...new Set([pdfSeal?.certificateFile, pdfSeal?.keyFile, rootsFile, ...roots])];
  return files.filter((file) => file !== undefined).filter((file) => existsSync(file));
}

function factsOf(
  file: string,
  { header, bytes, sha256, tables, isNoted }: Backup & { isNoted: boolean },
  keepApart: string[],
): string {
  const { mode, takenAt, wrappingKeyIds } = header;
  return JSON.stringify({ file, bytes, sha256, mode, takenAt, wrappingKeyIds, tables, keepApart, isNoted });
}

function closingWords(file: string, { header, bytes, sha256, tables }: Backup, keepApart: string[]): string {
  const ids = header.wrappingKeyIds.join(', ') || 'none yet';
  return `${rowsPerTable(tables)}

Backed up into ${file} (${formatByteSize(bytes, 'en')}, SHA-256 in its last line ${sha256}).
What is sealed in the database is sealed in this file, and its keys are not in it. Its sessions need these wrapping keys of the key
file: ${ids}. Keep copies of these files apart from the backup, and of the settings:
${keepApart.map((path) => `  ${path}`).join('\n')}
When you restore, the file that ends in .signed must be the newest that there is, never a copy from the time of the backup: it is what keeps the
log from being signed twice in two ways.`;
}
