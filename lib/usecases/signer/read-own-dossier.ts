import type { SignerActor, UseCaseContext } from '../context.ts';
import { buildDossier, type Dossier } from '../evidence/build-dossier.ts';
import { type NotOwn, noteOwnAccess, openOwnSession } from './own-session.ts';

type OwnDossier = ({ ok: true } & Dossier) | NotOwn;

/** The dossier for whoever signed: only the browser that accepted has it, because it holds the details in full. */
export async function readOwnDossier(ctx: UseCaseContext, signer: SignerActor): Promise<OwnDossier> {
  const noted = await noteOwnAccess(ctx, signer, 'dossier');
  if (!noted.ok) return noted;
  const { workspaceId } = signer;
  return ctx.db.transaction<OwnDossier>({ role: 'aceite_app', workspaceId, isSnapshot: true }, async (tx) => {
    const own = await openOwnSession(ctx, tx, signer);
    return own.ok ? { ok: true, ...(await buildDossier(ctx, tx, own.session)) } : own;
  });
}
