import {
  type CertificateKind,
  claimCertificates,
  insertCertificate,
  readCertificate,
  unqueueCertificate,
} from '#lib/db/certificates.ts';
import { readClock } from '#lib/db/clock.ts';
import type { DatabaseRole } from '#lib/db/database.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { UseCaseContext } from '../context.ts';
import { findSession } from '../find-session.ts';
import { certificateBytes, certificatePages } from './certificate-pages.ts';
import { readProof, type SessionProof } from './session-proof.ts';
import { readStory, untilTheEnd } from './story.ts';

/** Made one after the other: each is most of a hundred milliseconds of work, and nobody waits for them. */
const batch = 10;

/** Makes the court's certificates of sessions whose proof is whole; answers how many. The others are looked at again later. */
export async function makeCertificates(ctx: UseCaseContext): Promise<number> {
  const places = await claimCertificates(ctx.db, batch);
  let made = 0;
  for (const place of places) if (await makeCertificate(ctx, place, 'court', 'aceite_worker')) made += 1;
  return made;
}

/** Makes one of them, passing over those whose proof is not whole yet; none when there is none in as many as are otherwise made at a time. */
export async function makeNextCertificate(ctx: UseCaseContext): Promise<void> {
  for (let claimed = 0; claimed < batch; claimed += 1) {
    const [place] = await claimCertificates(ctx.db, 1);
    if (!place || (await makeCertificate(ctx, place, 'court', 'aceite_worker'))) return;
  }
}

/**
 * Makes and keeps the certificate of a session whose story has ended and whose proof is whole, sealed when there is a seal; undefined when
 * it is too early, or the authority that stamps the seal is away: it is asked outside any transaction, and what it did not stamp is not
 * kept. Made twice at once, one of them stands.
 */
export async function makeCertificate(
  ctx: UseCaseContext,
  place: SessionPlace,
  kind: CertificateKind,
  role: DatabaseRole,
): Promise<Uint8Array | undefined> {
  const scope = { role, workspaceId: place.workspaceId };
  const planned = await ctx.db.transaction({ ...scope, isSnapshot: true }, async (tx) => {
    const session = await findSession(ctx, tx, place.workspaceId, place.sessionId);
    const story = session && untilTheEnd(await readStory(tx, session));
    const throughHash = story?.isSettled && story.events.at(-1)?.hash;
    if (!session || !story || !throughHash) return undefined;
    const proof = await readProof(ctx, tx, story);
    if (!proof?.isStamped) return undefined;
    const pages = await certificatePages(ctx, tx, session, { story, proof, kind, isForKeeping: true });
    return { session, throughHash, pages, fixed: fixedBy(proof), signedAt: await readClock(tx) };
  });
  if (!planned) return undefined;
  const { session, throughHash, pages, fixed, signedAt } = planned;
  const bare = await certificateBytes(pages);
  const pdf = ctx.sealPdf ? await ctx.sealPdf(bare, { reason: pages.model.sealReason, signedAt }) : bare;
  if (!pdf) return undefined;
  return ctx.db.transaction(scope, async (tx) => {
    const pdfSealed = session.vault.seal('certificate', pdf);
    await insertCertificate(tx, { ...place, throughHash, kind, ...fixed, pdfSealed });
    if (role === 'aceite_worker') await unqueueCertificate(tx, place, throughHash);
    const kept = await readCertificate(tx, place, throughHash, kind);
    return kept && session.vault.open('certificate', kept.pdf_sealed);
  });
}

function fixedBy({ checkpoint, timeStamps, cosignatures }: SessionProof) {
  return {
    checkpointSize: checkpoint.size,
    stampedBy: timeStamps.map(({ authority }) => authority),
    cosignedBy: cosignatures.map(({ witness }) => witness),
  };
}
