import { readSignerPageRow } from '#lib/db/sessions.ts';
import type { SignerActor, UseCaseContext } from '../context.ts';
import { buildDossier, type Dossier } from '../evidence/build-dossier.ts';
import { openSession } from '../open-session.ts';
import { closedView } from './closed-view.ts';

type OwnDossier = ({ ok: true } & Dossier) | { ok: false; code: 'unauthorized' | 'session_closed' };

/** The dossier for whoever signed: only the browser that accepted has it, because it holds the details in full. */
export function readOwnDossier(ctx: UseCaseContext, signer: SignerActor): Promise<OwnDossier> {
  const { workspaceId, sessionId } = signer;
  return ctx.db.transaction<OwnDossier>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await readSignerPageRow(tx, workspaceId, sessionId);
    if (!row || row.link_issue !== signer.linkIssue) return { ok: false, code: 'unauthorized' };
    const session = openSession(ctx, row);
    const isOwn = row.status === 'COMPLETED' && closedView(session, row, signer).receipt?.shows === 'full';
    return isOwn ? { ok: true, ...(await buildDossier(ctx, tx, session)) } : { ok: false, code: 'session_closed' };
  });
}
