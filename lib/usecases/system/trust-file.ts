import { listStatements } from '#lib/db/log-statements.ts';
import { formatVerifierKey } from '#lib/evidence/log/verifier-key.ts';
import type { StatementKind } from '#lib/evidence/log-entry.ts';
import type { UseCaseContext } from '../context.ts';
import { stampsNeeded } from '../evidence/session-proof.ts';
import { workerScope } from '../no-workspace.ts';

/** Whom to believe when a dossier of this installation is checked; the form is that of every verifier. Keys in base64 or C2SP form. */
export type TrustFile = {
  version: 1;
  seal: string[];
  logs: string[];
  witnesses: string[];
  witnessQuorum: number;
  timeStampRoots: string[];
  timeStampQuorum: number;
};

/**
 * What this installation says of itself: the seals of its key file, the keys of its log that are set (where none are: those that the
 * database tells of), its authorities' roots, its witnesses. Whoever has it from elsewhere, or from earlier, should believe that rather than this. Witnesses are named and none is demanded:
 * they may not have seen the very checkpoint that a dossier shows.
 */
export async function trustFile(ctx: WhatIsBelieved): Promise<TrustFile> {
  return {
    version: 1,
    seal: heldSeals(ctx),
    logs: ctx.logKeys ? [...ctx.logKeys()] : await toldLogKeys(ctx),
    witnesses: ctx.witnesses.map(({ key }) => formatVerifierKey(key)),
    witnessQuorum: 0,
    timeStampRoots: [...ctx.timeStampRoots],
    timeStampQuorum: stampsNeeded(ctx),
  };
}

/**
 * Seals (base64) that the database tells of and the key file does not know: it is an old copy, or somebody who writes into the database
 * would like dossiers of their own to be believed.
 */
export async function strangeSeals(ctx: WhatIsBelieved): Promise<string[]> {
  const held = new Set(heldSeals(ctx));
  return (await toldKeys(ctx, 'seal_key', 'publicKey')).filter((key) => !held.has(key));
}

/** Keys of the log that the database tells of and the settings do not know, for the same reasons; none where no settings could know them. */
export async function strangeLogKeys(ctx: WhatIsBelieved): Promise<string[]> {
  if (!ctx.logKeys) return [];
  const known = new Set(ctx.logKeys());
  return (await toldLogKeys(ctx)).filter((key) => !known.has(key));
}

type WhatIsBelieved = Pick<
  UseCaseContext,
  'db' | 'keys' | 'logKeys' | 'witnesses' | 'timeStampAuthorities' | 'timeStampRoots'
>;

const toldLogKeys = (ctx: WhatIsBelieved): Promise<string[]> => toldKeys(ctx, 'log_key', 'verifierKey');

const heldSeals = ({ keys }: Pick<UseCaseContext, 'keys'>): string[] =>
  keys.sealPublicKeys().map((key) => key.toString('base64'));

async function toldKeys({ db }: Pick<UseCaseContext, 'db'>, kind: StatementKind, name: string): Promise<string[]> {
  const said = await db.transaction(workerScope, listStatements);
  return said.filter((statement) => statement.kind === kind).map(({ content }) => String(JSON.parse(content)[name]));
}
