import { compose } from '#lib/compose.ts';
import type { Config } from '#lib/config.ts';
import type { RestoredRows } from '#lib/db/restored-rows.ts';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import { verifyTimeStamp } from '#lib/evidence/verify/time-stamp/verify.ts';
import { verifyDossier } from '#lib/evidence/verify/verify-dossier.ts';
import type { Program } from '#lib/program.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';
import { rebuildDossier } from '#lib/usecases/evidence/rebuild-dossier.ts';
import { trustFile } from '#lib/usecases/system/trust-file.ts';
import type { PreparedDatabase } from './prepare-database.ts';
import type { RestoreFault } from './restore-fault.ts';

/** Sessions asked for at once, and after which it is said how far it got. */
const batch = 1_000;

/**
 * Makes the dossier of every session whose key still exists, as the portal would, and verifies it: everything in it must be there, open and
 * agree. Of time stamps only that they are of the right thing; whose they are is asked by a verifier that has the roots of their time.
 */
export async function dossierFaults(
  config: Config,
  { url }: PreparedDatabase,
  rows: RestoredRows,
  onProgress: (message: string) => void,
): Promise<RestoreFault[]> {
  const program = await compose({ ...config, databaseUrl: url, logLevel: 'error' });
  const trust = canonicalJson({ ...(await trustFile(believed(program))), timeStampRoots: [], timeStampQuorum: 0 });
  const broken: { sessionId: string; reason: string }[] = [];
  let checked = 0;
  try {
    for await (const place of everySession(rows)) {
      const reason = await reasonAgainst(program, place, Buffer.from(trust));
      if (reason !== undefined) broken.push({ sessionId: place.sessionId, reason });
      checked += 1;
      if (checked % batch === 0) onProgress(`checked ${checked} dossiers`);
    }
  } finally {
    await program.end();
  }
  const [first] = broken;
  if (!first) return [];
  const message = `The dossiers of ${broken.length} of ${checked} sessions cannot be made or are not good (the session ${first.sessionId} is one: ${first.reason}).`;
  return [{ code: 'dossier_broken', message }];
}

/** A sandbox may be restored into another data folder, where no signer has left its keys yet. */
function believed({ logKeys, ...rest }: Program): Parameters<typeof trustFile>[0] {
  return { ...rest, ...(logKeys && rest.config.logKeys.named.length > 0 && { logKeys }) };
}

async function* everySession(rows: RestoredRows): AsyncGenerator<SessionPlace> {
  for (let after: string | undefined; ; ) {
    const places = await rows.sessionsWithKeys(after, batch);
    yield* places;
    after = places.at(-1)?.sessionId;
    if (after === undefined) return;
  }
}

/** What is wrong with a session's dossier; undefined when nothing is. */
async function reasonAgainst(
  program: UseCaseContext,
  place: SessionPlace,
  trust: Uint8Array,
): Promise<string | undefined> {
  try {
    const dossier = await rebuildDossier(program, place);
    if (!dossier) return 'there is no such session';
    const { verdict, checks } = await verifyDossier({ dossier: dossier.bytes, trust, verifyTimeStamp });
    if (verdict === 'VALID' || verdict === 'VALID_INTERIM') return undefined;
    const wrong = checks.find(({ result }) => result === 'failed' || result === 'missing');
    return `${verdict}, ${wrong?.id}: ${wrong?.detail ?? wrong?.claim}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
