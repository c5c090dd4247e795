import type { CertificateModel } from '#lib/evidence/certificate/certificate-model.ts';
import type { SignerActor, UseCaseContext } from '../context.ts';
import { certificatePages } from '../evidence/certificate-pages.ts';
import { readProof } from '../evidence/session-proof.ts';
import { readStory, untilTheEnd } from '../evidence/story.ts';
import { type NotOwn, noteOwnAccess, openOwnSession } from './own-session.ts';

export type OwnCertificate = { ok: true; model: CertificateModel } | NotOwn;

/** The certificate for the screen of the browser that accepted; what can be passed on is masked in it, as in the PDF. */
export async function readOwnCertificate(ctx: UseCaseContext, signer: SignerActor): Promise<OwnCertificate> {
  const noted = await noteOwnAccess(ctx, signer, 'certificate');
  if (!noted.ok) return noted;
  const { workspaceId } = signer;
  return ctx.db.transaction<OwnCertificate>({ role: 'aceite_app', workspaceId, isSnapshot: true }, async (tx) => {
    const own = await openOwnSession(ctx, tx, signer);
    if (!own.ok) return own;
    const { session, row } = own;
    const story = untilTheEnd(await readStory(tx, session));
    const proof = await readProof(ctx, tx, story);
    // Final only once the certificate that is kept says so too.
    const about = { story, proof, kind: 'shared', isForKeeping: row.is_proved } as const;
    const { model } = await certificatePages(ctx, tx, session, about);
    return { ok: true, model };
  });
}
