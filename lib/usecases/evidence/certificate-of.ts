import { type CertificateKind, readCertificate } from '#lib/db/certificates.ts';
import type { Tx } from '#lib/db/database.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { UseCaseContext } from '../context.ts';
import { findSession } from '../find-session.ts';
import type { OpenSession } from '../open-session.ts';
import { certificateBytes, certificatePages } from './certificate-pages.ts';
import { makeCertificate } from './make-certificate.ts';
import { readProof } from './session-proof.ts';
import { readStory, type Story, untilTheEnd } from './story.ts';

export type Certificate = { bytes: Uint8Array; state: 'final' | 'interim' };

/**
 * A session's certificate at any time of its life: the one that was kept, or made and kept now that its proof is whole, or an interim one,
 * made for this answer, unsealed and with as much of a proof as there is. Undefined when the workspace has no such session.
 */
export async function certificateOf(
  ctx: UseCaseContext,
  place: SessionPlace,
  kind: CertificateKind,
): Promise<Certificate | undefined> {
  const standing = await ctx.db.transaction(
    { role: 'aceite_app', workspaceId: place.workspaceId, isSnapshot: true },
    async (tx) => {
      const session = await findSession(ctx, tx, place.workspaceId, place.sessionId);
      if (!session) return undefined;
      const story = untilTheEnd(await readStory(tx, session));
      const kept = await keptCertificate(tx, session, story, kind);
      if (kept) return { kept };
      const proof = await readProof(ctx, tx, story);
      return { pages: await certificatePages(ctx, tx, session, { story, proof, kind, isForKeeping: false }), story };
    },
  );
  if (!standing) return undefined;
  if ('kept' in standing) return { bytes: standing.kept, state: 'final' };
  const made = standing.story.isSettled ? await makeCertificate(ctx, place, kind, 'aceite_app') : undefined;
  return made ? { bytes: made, state: 'final' } : { bytes: await certificateBytes(standing.pages), state: 'interim' };
}

/** The certificate that was made of this story once it had ended. */
export async function keptCertificate(
  tx: Tx,
  { place, vault }: OpenSession,
  { events, isSettled }: Story,
  kind: CertificateKind,
): Promise<Uint8Array | undefined> {
  const last = events.at(-1);
  const kept = isSettled && last ? await readCertificate(tx, place, last.hash, kind) : undefined;
  return kept && vault.open('certificate', kept.pdf_sealed);
}
