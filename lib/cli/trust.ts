import type { UseCaseContext } from '#lib/usecases/context.ts';
import { strangeLogKeys, strangeSeals, trustFile } from '#lib/usecases/system/trust-file.ts';
import { type Command, type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { withProgram } from './with-program.ts';

export const command: Command = {
  name: 'trust',
  summary: 'print the trust file that dossiers of this installation are checked with',
  usage: `Usage: npm run --silent aceite -- trust > trust.json

Prints, as JSON, whom a verifier has to believe: the keys that seal dossiers, the keys that sign the public log, the root certificates of
the time-stamp authorities, the witnesses. There is nothing secret in it. Give it to merchant and lender once, early and by a way that
you would also trust with a contract: a trust file that comes together with a dossier proves nothing.

The seals are those of the key file, the keys of the log those of ACEITE_LOG_PUBLIC_KEYS; in sandbox mode, where it is not set, those that
the log's signer wrote into log.key.pub in the data folder. In production, where it is not set, they come from the database: compare them
with what "log-signer --new-key" printed.

"witnessQuorum" is 0; who runs a witness may raise it in their own copy.

Example: npm run --silent aceite -- verify dossier.zip --trust trust.json`,
  run: async (_args: string[], io: CommandIo) => {
    await withProgram(readConfig(), io, async (program) => {
      const trust = await trustFile(program);
      for (const warning of await warningsOf(program)) io.err(warning);
      io.out(JSON.stringify(trust, null, 2));
    });
    return exitCodes.ok;
  },
};

async function warningsOf(ctx: UseCaseContext): Promise<string[]> {
  const [seals, logKeys] = [await strangeSeals(ctx), await strangeLogKeys(ctx)];
  return [...(ctx.logKeys ? [] : [databasesWord]), ...seals.map(warningOfSeal), ...logKeys.map(warningOfLogKey)];
}

const databasesWord =
  'ACEITE_LOG_PUBLIC_KEYS is not set, so the keys of the log are taken from the database, and whoever can write into it can add their own. Set it to what "log-signer --new-key" printed.';

const warningOfLogKey = (key: string): string =>
  `The database tells of a key of the log ${key} that the settings do not know, and the trust file leaves it out. If it is one of this installation's signer, of now or of earlier, add it to ACEITE_LOG_PUBLIC_KEYS. Otherwise somebody has written into the database.`;

const warningOfSeal = (key: string): string =>
  `The database tells of a seal ${key} that the key file does not know, and the trust file leaves it out. If the key file is an old copy, put the newest back. Otherwise somebody has written into the database.`;
