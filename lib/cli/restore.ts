import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { readBuildId } from '#lib/compose.ts';
import type { Config } from '#lib/config.ts';
import { restoreBackup } from '#lib/db/restore.ts';
import { checkServer } from '#lib/db/server-checks.ts';
import { backupDays } from '#lib/domain/backup-terms.ts';
import type { Checkpoint } from '#lib/evidence/log/checkpoint.ts';
import type { BackupHeader, TableSum } from '#lib/schema/backup-file.ts';
import { readCheckpointFile } from './checkpoint-file.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { onlyFile, withOwnersDatabase } from './owners-database.ts';
import { migrateDatabase, type PreparedDatabase, runtimeRoleOf } from './prepare-database.ts';
import { readConfig } from './read-config.ts';
import { faultCodes, type RestoreFault } from './restore-fault.ts';
import { rowsPerTable } from './rows-per-table.ts';
import { verifyRestored } from './verify-restored.ts';

const dayMs = 86_400_000;

export const command: Command = {
  name: 'restore',
  summary: 'make an empty database what a backup file says, and prove that it is',
  usage: `Usage: npm run aceite -- restore <file> [--checkpoint <file>] [--skip-dossiers] [--json]

Checks the file whole, applies exactly the migrations that it names, loads its rows and reads every table back, in one transaction:
when anything is not as it should be, the database stays empty. A file of an older version is then brought to this one. Afterwards the
database proves itself: the backup bears the seal of the key file, the key file opens its sessions, the events of every session follow from each other, each stands in the log or
waits for it, every entry of the log has its event or statement, the log grown anew from its entries has the head, the tiles and the
signed checkpoints that were restored, and the dossier of every session is made and verified. Uses MIGRATION_DATABASE_URL, the owner's
connection, or the embedded database when DATABASE_URL is not set; that database must be empty, in the same mode (ACEITE_MODE) as the one
that was backed up.

The restored database notes that it was restored, and "doctor" asks for a backup of it: those that were taken before are of another one.

Put the files back first that "backup" named, for they are in no backup. The one that ends in .signed must be the newest that there is,
never that of the backup's time: by it the log's signer finds that the database went back.

What was erased after the backup was taken is in it again. The worker erases anew what need not be kept any longer; erasures that were
asked for must be asked for again. Keep backups for ${backupDays.kept} days at the most.

  <file>                made by "backup", by this version or an older one
  --checkpoint <file>   the newest checkpoint of the log that somebody kept, as /log/checkpoint served it: the restored log must
                        contain it. One that is shorter is log_rollback_detected, another one is log_rewritten
  --skip-dossiers       make no dossiers: they take most of the time where there are many sessions
  --json                print JSON: { "file", "mode", "takenAt", "wrappingKeyIds": [], "tables": [{ "table", "rows", "sha256" }],
                        "faults": [{ "code", "message" }] }; codes:
                        ${faultCodes.join(', ')}

Exits with 0 when everything is restored and proved, with 1 when nothing was restored or when all was but does not prove itself
("faults"), with 2 when the call is wrong.

Example: ACEITE_DATA_DIR=/srv/aceite-drill npm run aceite -- restore /var/backups/aceite-2031-05-06.jsonl --checkpoint /var/backups/checkpoint
`,
  run: async (args, io) => {
    const options = {
      json: { type: 'boolean', default: false },
      checkpoint: { type: 'string' },
      'skip-dossiers': { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const file = onlyFile(positionals);
    const config = readConfig();
    if (!existsSync(file)) throw new CommandFailure(`There is no file ${file}.`);
    // Read first, so that a wrong name costs no restore.
    const published = values.checkpoint === undefined ? undefined : readCheckpointFile(values.checkpoint);
    return withOwnersDatabase(config, io, async (database) => {
      const restored = await restoreAndVerify(
        config,
        database,
        { file, published, withDossiers: !values['skip-dossiers'] },
        io,
      );
      io.out(values.json ? factsOf(file, restored) : closingWords(restored));
      if (!values.json && restored.faults.length === 0) io.out(provedWords(published, !values['skip-dossiers']));
      io.err(erasedSince(restored.header, Date.now()));
      if (!values.json) for (const { message } of restored.faults) io.err(`The rows are restored, but: ${message}`);
      return restored.faults.length === 0 ? exitCodes.ok : exitCodes.failed;
    });
  },
};

type Restored = { header: BackupHeader; tables: TableSum[]; faults: RestoreFault[] };

async function restoreAndVerify(
  config: Config,
  database: PreparedDatabase,
  { file: path, ...wanted }: { file: string; published: Checkpoint | undefined; withDossiers: boolean },
  io: CommandIo,
): Promise<Restored> {
  await refuseServer(database.ownerUrl);
  const { ownerUrl } = database;
  const { mode } = config;
  const options = { path, ownerUrl, mode, build: readBuildId(), onProgress: io.err };
  const backup = await restoreBackup({ ...options, ...runtimeRoleOf(database) });
  await migrateDatabase(config, database, io.err);
  const { header, tables, seal } = backup;
  return { header, tables, faults: await verifyRestored(config, database, { ...wanted, seal, onProgress: io.err }) };
}

function factsOf(file: string, { header, tables, faults }: Restored): string {
  const { mode, takenAt, wrappingKeyIds } = header;
  return JSON.stringify({ file, mode, takenAt, wrappingKeyIds, tables, faults });
}

function closingWords({ header, tables }: Restored): string {
  return `${rowsPerTable(tables)}\n\nRestored the backup of ${header.takenAt}: every table is as the file says.`;
}

function provedWords(published: Checkpoint | undefined, withDossiers: boolean): string {
  const dossiers = withDossiers ? 'every dossier' : 'no dossier, as you asked';
  const kept = published ? `, and contains the checkpoint of ${published.size} entries that you gave` : '';
  return `It proves itself: seal and keys, the events of every session, ${dossiers}; the log holds together${kept}.`;
}

function erasedSince({ takenAt }: BackupHeader, nowMs: number): string {
  const days = Math.max(0, Math.floor((nowMs - Date.parse(takenAt)) / dayMs));
  const repeat = `The backup is ${days} days old. What was erased since ${takenAt} is here again: the worker erases what need not be kept any longer; carry out anew every request for erasure since then (keeping erase-request), before anybody works with this database.`;
  if (days <= backupDays.kept) return repeat;
  return `${repeat} Backups are to be kept for ${backupDays.kept} days at the most, so that what is erased is gone: this one should have been destroyed.`;
}

/** A drill may well use a server that is careless about its disk; the portal's own start refuses that one. */
async function refuseServer(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'aceite restore' });
  await client.connect();
  const verdict = await checkServer(client, 'test').finally(() => client.end());
  if (!verdict.ok) throw new CommandFailure(verdict.problems.join('\n'));
}
