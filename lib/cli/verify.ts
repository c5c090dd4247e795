import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { notProvedEn } from '#lib/copy/verify-page/verifier-en.ts';
import { zipLimits } from '#lib/evidence/dossier/zip-format.ts';
import type { Check } from '#lib/evidence/verify/checks.ts';
import { verifyTimeStamp } from '#lib/evidence/verify/time-stamp/verify.ts';
import { exitCodeOf, type Verdict } from '#lib/evidence/verify/verdict.ts';
import { verifyDossier } from '#lib/evidence/verify/verify-dossier.ts';
import { type Command, CommandFailure } from './command.ts';

export const command: Command = {
  name: 'verify',
  summary: 'check a dossier, without a network and without this portal',
  usage: `Usage: npm run aceite -- verify <dossier.zip> [--trust <file>] [--json]

Checks everything in a dossier of evidence from the file alone. Whom to believe is yours to say, in the trust file: the seal keys
of the portal, the keys of its log, witnesses, and the roots of time-stamp authorities. Without it the verdict is INCOMPLETE at best.

  --trust <file>  {"version":1,"seal":[…],"logs":[…],"witnesses":[…],"witnessQuorum":n,"timeStampRoots":[…],"timeStampQuorum":n}
                  and, to take stamps under these policies alone, "timeStampPolicies":["2.16.76.1.6.6",…]
  --json          prints {"verdict","checks":[{"id","claim","result","trust","detail"?}]} alone

Verdicts and exit codes: VALID 0, VALID_INTERIM 3 (right as far as it goes), TAMPERED 10 (contradicts itself), INVALID 11 (signed by
nobody you trust), INCOMPLETE 12 (something is missing), INPUT_ERROR 20 (cannot be read). A file that is not the one listed makes it
TAMPERED, even when that file cannot be read any more.

Example: npm run aceite -- verify evidence.zip --trust trust.json
`,
  async run(args, io) {
    const options = { trust: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) {
      throw new CommandFailure(
        'verify takes one dossier: verify <dossier.zip> [--trust <file>].',
        exitCodeOf.INPUT_ERROR,
      );
    }
    const dossier = await readFile(file);
    const trust = values.trust === undefined ? undefined : await readFile(values.trust);
    const { verdict, checks } = await verifyDossier({ dossier, trust, verifyTimeStamp });
    if (values.json) {
      io.out(JSON.stringify({ verdict, checks }));
      io.err(notProvedEn);
    } else {
      io.out([...checks.flatMap(linesOf), '', `${verdict}: ${meaning[verdict]}`, '', notProvedEn].join('\n'));
    }
    return exitCodeOf[verdict];
  },
};

/** At most one byte more than a dossier may have, so that a huge file is refused like any other that is too large. */
async function readFile(path: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(path, { end: zipLimits.archiveBytes })) chunks.push(chunk);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(`${path} cannot be read: ${reason}`, exitCodeOf.INPUT_ERROR);
  }
  return Buffer.concat(chunks);
}

const marks = { ok: 'ok     ', failed: 'FAILED ', missing: 'MISSING', skipped: 'skipped' } as const;

function linesOf({ id, claim, result, trust, detail }: Check): string[] {
  const told = detail === undefined ? [] : [`                  ${detail}`];
  return [`${marks[result]}  ${id.padEnd(8)} ${claim}`, ...told, `                  Trusted for it: ${trust}.`];
}

const meaning: Record<Verdict, string> = {
  VALID: 'everything was checked and is right.',
  VALID_INTERIM: 'everything that can be checked by now is right; the session or its proofs are not complete yet.',
  TAMPERED: 'parts of the dossier contradict each other. It was changed, or was never whole.',
  INVALID: 'a signature or a time stamp is wrong, or by somebody whom the trust file does not name.',
  INCOMPLETE: 'nothing is wrong, and something that is needed is missing.',
  INPUT_ERROR: 'this cannot be read as a dossier, or the trust file not as one.',
};
