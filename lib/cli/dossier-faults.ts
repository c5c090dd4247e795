import type { Config } from '#lib/config.ts';
import { openDatabase } from '#lib/db/database.ts';
import type { RestoredRows, SessionPlace } from '#lib/db/restored-rows.ts';
import { rebuildDossier } from '#lib/usecases/evidence/rebuild-dossier.ts';
import { readKeyFile } from '#lib/vault/key-file.ts';
import { createKeyring } from '#lib/vault/keyring.ts';
import type { PreparedDatabase } from './prepare-database.ts';
import type { RestoreFault } from './restore-fault.ts';

/** Sessions asked for at once, and after which it is said how far it got. */
const batch = 1_000;

/** Makes the dossier of every session whose key still exists, as the portal would: everything in it must be there and open. */
export async function dossierFaults(
  config: Config,
  { url }: PreparedDatabase,
  rows: RestoredRows,
  onProgress: (message: string) => void,
): Promise<RestoreFault[]> {
  const db = openDatabase({ url, connectionsMax: 1, mode: config.mode, onIdleError: () => undefined });
  const { authorities, rootsFile } = config.timeStamps;
  const keys = createKeyring(readKeyFile(config.keysFile));
  const ctx = { db, keys, timeStampAuthorities: rootsFile === undefined ? [] : authorities };
  const broken: { sessionId: string; reason: string }[] = [];
  let checked = 0;
  try {
    for await (const place of everySession(rows)) {
      const reason = await reasonAgainst(ctx, place);
      if (reason !== undefined) broken.push({ sessionId: place.sessionId, reason });
      checked += 1;
      if (checked % batch === 0) onProgress(`checked ${checked} dossiers`);
    }
  } finally {
    await db.end();
  }
  const [first] = broken;
  if (!first) return [];
  const message = `The dossiers of ${broken.length} of ${checked} sessions cannot be made or are not good (the session ${first.sessionId} is one: ${first.reason}).`;
  return [{ code: 'dossier_broken', message }];
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
  ctx: Parameters<typeof rebuildDossier>[0],
  place: SessionPlace,
): Promise<string | undefined> {
  try {
    return (await rebuildDossier(ctx, place)) ? undefined : 'there is no such session';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
