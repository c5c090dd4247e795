import { readSignerPageRow } from '#lib/db/sessions.ts';
import type { SignerActor, UseCaseContext } from '../context.ts';
import { type Certificate, certificateOf } from '../evidence/certificate-of.ts';
import { openSession } from '../open-session.ts';
import { closedView } from './closed-view.ts';

type OwnDocument = ({ ok: true } & Certificate) | { ok: false; code: 'unauthorized' | 'session_closed' };

/** The signed contract with its certificate, for the browser that accepted; personal data are masked, so that it can be passed on. */
export async function readOwnDocument(ctx: UseCaseContext, signer: SignerActor): Promise<OwnDocument> {
  const { workspaceId, sessionId } = signer;
  const refusal = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await readSignerPageRow(tx, workspaceId, sessionId);
    if (!row || row.link_issue !== signer.linkIssue) return 'unauthorized';
    const isOwn =
      row.status === 'COMPLETED' && closedView(openSession(ctx, row), row, signer).receipt?.shows === 'full';
    return isOwn ? undefined : 'session_closed';
  });
  if (refusal) return { ok: false, code: refusal };
  const document = await certificateOf(ctx, { workspaceId, sessionId }, 'document');
  return document ? { ok: true, ...document } : { ok: false, code: 'session_closed' };
}
