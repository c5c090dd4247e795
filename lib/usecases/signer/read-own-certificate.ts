import { readSignerPageRow } from '#lib/db/sessions.ts';
import type { CertificateModel } from '#lib/evidence/certificate/certificate-model.ts';
import type { SignerActor, UseCaseContext } from '../context.ts';
import { certificatePages } from '../evidence/certificate-pages.ts';
import { readProof } from '../evidence/session-proof.ts';
import { readStory, untilTheEnd } from '../evidence/story.ts';
import { openSession } from '../open-session.ts';
import { closedView } from './closed-view.ts';

export type OwnCertificate =
  | { ok: true; model: CertificateModel }
  | { ok: false; code: 'unauthorized' | 'session_closed' };

/** The certificate for the screen of the browser that accepted; what can be passed on is masked in it, as in the PDF. */
export function readOwnCertificate(ctx: UseCaseContext, signer: SignerActor): Promise<OwnCertificate> {
  const { workspaceId, sessionId } = signer;
  return ctx.db.transaction<OwnCertificate>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await readSignerPageRow(tx, workspaceId, sessionId);
    if (!row || row.link_issue !== signer.linkIssue) return { ok: false, code: 'unauthorized' };
    const session = openSession(ctx, row);
    const isOwn = row.status === 'COMPLETED' && closedView(session, row, signer).receipt?.shows === 'full';
    if (!isOwn) return { ok: false, code: 'session_closed' };
    const story = untilTheEnd(await readStory(tx, session));
    // Final only once the certificate that is kept says so too.
    const proof = row.is_proved ? await readProof(ctx, tx, story) : undefined;
    const { model } = await certificatePages(ctx, tx, session, { story, proof, kind: 'shared' });
    return { ok: true, model };
  });
}
