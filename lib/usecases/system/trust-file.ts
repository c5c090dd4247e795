import { listStatements } from '#lib/db/log-statements.ts';
import { formatVerifierKey } from '#lib/evidence/log/verifier-key.ts';
import type { UseCaseContext } from '../context.ts';
import { stampsNeeded } from '../evidence/session-proof.ts';
import { logScope } from './grow-log.ts';

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
 * What this installation says of itself: every key that ever sealed its dossiers or signed its log, its authorities' roots, its witnesses.
 * Whoever has it from elsewhere, or from earlier, should believe that rather than this. Witnesses are named and none is demanded: they
 * may not have seen the very checkpoint that a dossier shows.
 */
export async function trustFile(ctx: UseCaseContext): Promise<TrustFile> {
  const said = await ctx.db.transaction(logScope, listStatements);
  const keysOf = (kind: string, name: string): string[] =>
    said.filter((statement) => statement.kind === kind).map(({ content }) => String(JSON.parse(content)[name]));
  const present = ctx.keys.sealPublicKeys().map((key) => key.toString('base64'));
  return {
    version: 1,
    seal: [...new Set([...present, ...keysOf('seal_key', 'publicKey')])],
    logs: keysOf('log_key', 'verifierKey'),
    witnesses: ctx.witnesses.map(({ key }) => formatVerifierKey(key)),
    witnessQuorum: 0,
    timeStampRoots: [...ctx.timeStampRoots],
    timeStampQuorum: stampsNeeded(ctx),
  };
}
