import type { Tx } from '#lib/db/database.ts';
import { dossierFiles } from '#lib/evidence/dossier/dossier-files.ts';
import type { Manifest } from '#lib/evidence/dossier/manifest.ts';
import { zipOf } from '#lib/evidence/dossier/write-zip.ts';
import type { UseCaseContext } from '../context.ts';
import type { OpenSession } from '../open-session.ts';
import { dossierInput } from './dossier-input.ts';
import { readProof } from './session-proof.ts';
import { readStory, untilTheEnd } from './story.ts';

export type Dossier = { bytes: Uint8Array; state: Manifest['state'] };

/**
 * A session's dossier (ZIP, at most 64 MiB) at any time of its life: everything that is needed to check its evidence without us. The same
 * state of the session, its proof and the seal gives the same bytes. `final` once the story has ended and its proof is whole.
 */
export async function buildDossier(ctx: UseCaseContext, tx: Tx, session: OpenSession): Promise<Dossier> {
  const story = untilTheEnd(await readStory(tx, session));
  const input = await dossierInput(ctx, tx, session, story, await readProof(ctx, tx, story));
  const { sign } = ctx.keys.installationSeal();
  return { bytes: zipOf(dossierFiles(input, sign)), state: input.state };
}
