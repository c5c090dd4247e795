import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Config } from '#lib/config.ts';
import { readForAudit } from '#lib/db/audited-rows.ts';
import { parseVerifierKey, type VerifierKey } from '#lib/evidence/log/verifier-key.ts';
import { verifyTimeStamp } from '#lib/evidence/verify/time-stamp/verify.ts';
import { type Audited, auditInstallation } from '#lib/usecases/system/audit/audit-installation.ts';
import type { LogTrust } from '#lib/usecases/system/audit/audit-log.ts';
import { type Finding, meanings } from '#lib/usecases/system/audit/finding.ts';
import { readKeyFile } from '#lib/vault/key-file.ts';
import { createKeyring } from '#lib/vault/keyring.ts';
import { readCheckpointFile } from './checkpoint-file.ts';
import { type Command, CommandFailure, exitCodes } from './command.ts';
import { withOwnersDatabase } from './owners-database.ts';
import { inspectDatabase } from './reach-database.ts';
import { readConfig } from './read-config.ts';

export const command: Command = {
  name: 'audit',
  summary: 'find every change that anybody made to the evidence in the database',
  usage: `Usage: npm run aceite -- audit [--checkpoint <file>] [--log-key <vkey>]… [--json]

Reads the whole installation at one instant, while the portal runs, and changes nothing. Compares what the events of every session say
and commit to with all rows as they are now, every event with the log, the entries of the log with its tiles, its head and its signed
checkpoints, these with the time stamps and cosignatures under them (by the roots and witnesses that are set), the functions, triggers and
walls of the database with those that its migrations make. Uses MIGRATION_DATABASE_URL, the owner's connection, or the embedded
database when DATABASE_URL is not set, and the key file (ACEITE_KEYS_FILE), without which nothing that is sealed can be checked.

Whoever owns the database and the keys of the log can rewrite the whole history so that it fits together again. Only a checkpoint that
somebody else has kept shows that: fetch <PORTAL_URL>/log/checkpoint now and then, keep it in another place, and give it here.

  --checkpoint <file>   a checkpoint of the log, as /log/checkpoint served it: the log must begin with its history
  --log-key <vkey>      the public key of the log, as somebody else has noted it (name+id+base64); may be given several times. Without
                        it those of ACEITE_LOG_PUBLIC_KEYS; where that is not set, the keys that the log itself has named
  --json                print JSON: { "sessions", "events", "log": { "size", "checkpoints", "stamps" }, "areStampsChecked",
                        "findings": [{ "code", "table", "column", "sessionId", "place", "meaning" }] }; codes:
                        ${Object.keys(meanings).join(', ')}

Nothing personal is printed. Exits with 0 when nothing was found, with ${exitCodes.found} when something was, with 1 when the audit could not be
done, with 2 when the call is wrong.

Example: npm run aceite -- audit --checkpoint /srv/elsewhere/checkpoint-2031-05-06
`,
  run: async (args, io) => {
    const { values } = parseArgs({
      args,
      options: {
        json: { type: 'boolean', default: false },
        checkpoint: { type: 'string' },
        'log-key': { type: 'string', multiple: true, default: [] },
      },
    });
    const config = readConfig();
    const noted = values['log-key'].length > 0 ? values['log-key'] : config.logKeys.named;
    const verifierKeys = noted.map(readVerifierKey);
    const published = values.checkpoint === undefined ? undefined : readCheckpointFile(values.checkpoint);
    const trust = { ...trustOf(config), verifierKeys, published, isProduction: config.mode === 'production' };
    return withOwnersDatabase(config, io, async ({ ownerUrl }) => {
      await refuseOtherVersion(ownerUrl);
      const findings: Finding[] = [];
      const onFinding = (finding: Finding) => (values.json ? findings.push(finding) : io.out(lineOf(finding)));
      const audited = await readForAudit(ownerUrl, (rows) => auditInstallation(rows, trust, onFinding));
      io.out(values.json ? factsOf(audited, findings, trust) : closingWords(audited, trust));
      return audited.findings === 0 ? exitCodes.ok : exitCodes.found;
    });
  },
};

function readVerifierKey(text: string): VerifierKey {
  const reading = parseVerifierKey(text);
  if (reading.ok) return reading.key;
  throw new CommandFailure(`${text} is no public key of a log (${reading.code}).`, exitCodes.usage);
}

function trustOf({
  keysFile,
  timeStamps: { rootsFile },
  witnesses,
}: Config): Pick<LogTrust, 'keys' | 'checkStamp' | 'witnesses'> {
  const roots = rootsFile !== undefined && existsSync(rootsFile) ? [readFileSync(rootsFile, 'utf8')] : [];
  const checkStamp: LogTrust['checkStamp'] =
    roots.length > 0 ? (stamp) => verifyTimeStamp({ ...stamp, roots }) : undefined;
  return {
    keys: createKeyring(readKeyFile(keysFile)),
    checkStamp,
    witnesses: witnesses.map(({ verifierKey }) => readVerifierKey(verifierKey)),
  };
}

/** Rows of another version are not what this one compares. */
async function refuseOtherVersion(ownerUrl: string): Promise<void> {
  const { pending } = await inspectDatabase(ownerUrl);
  if (pending.length === 0) return;
  throw new CommandFailure(
    `The database has not had these migrations yet: ${pending.join(', ')}. Audit it with the version that it is of, or migrate it first: npm run aceite -- migrate`,
  );
}

function lineOf({ code, table, column, sessionId, place }: Finding): string {
  const where = [
    column === undefined ? table : `${table} (${column})`,
    sessionId && `session ${sessionId}`,
    place,
  ].filter(Boolean);
  return `${code}: ${where.join(', ')}\n  ${meanings[code]}`;
}

const areStampsChecked = ({ checkStamp }: LogTrust) => checkStamp !== undefined;

function factsOf({ sessions, events, log }: Audited, findings: Finding[], trust: LogTrust): string {
  const told = findings.map((finding) => ({ ...finding, meaning: meanings[finding.code] }));
  return JSON.stringify({ sessions, events, log, areStampsChecked: areStampsChecked(trust), findings: told });
}

function closingWords({ sessions, events, log, findings }: Audited, trust: LogTrust): string {
  const read = `${sessions} sessions, ${events} events, ${log.size} entries of the log, ${log.checkpoints} checkpoints, ${log.stamps} time stamps`;
  const notes = [
    ...(areStampsChecked(trust) ? [] : ['Time stamps were not checked: ACEITE_TIME_STAMP_ROOTS_FILE names no roots.']),
    ...(trust.published ? [] : ['Without --checkpoint a history that was rewritten as a whole is not found.']),
  ];
  const verdict = findings === 0 ? 'Nothing was changed' : `${findings} findings`;
  return [`${verdict}: ${read}.`, ...notes].join('\n');
}
