import type { MerchantActor, UseCaseContext } from '../context.ts';
import { buildDossier, type Dossier } from '../evidence/build-dossier.ts';
import { findSession } from '../find-session.ts';
import { noteAccess } from './note-access.ts';

export type ReadDossierResult = ({ ok: true } & Dossier) | { ok: false; code: 'signing_session_not_found' };

/** The dossier of a session, for the merchant whose it is; `interim` until its proof is whole. */
export async function readDossier(
  ctx: UseCaseContext,
  merchant: MerchantActor,
  sessionId: string,
): Promise<ReadDossierResult> {
  if (!(await noteAccess(ctx, merchant, sessionId, 'dossier'))) return { ok: false, code: 'signing_session_not_found' };
  const { workspaceId } = merchant;
  return ctx.db.transaction<ReadDossierResult>({ role: 'aceite_app', workspaceId, isSnapshot: true }, async (tx) => {
    const session = await findSession(ctx, tx, workspaceId, sessionId);
    if (!session) return { ok: false, code: 'signing_session_not_found' };
    return { ok: true, ...(await buildDossier(ctx, tx, session)) };
  });
}
