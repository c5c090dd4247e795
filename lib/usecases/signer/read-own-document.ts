import type { SignerActor, UseCaseContext } from '../context.ts';
import { type Certificate, certificateOf } from '../evidence/certificate-of.ts';
import { type NotOwn, noteOwnAccess } from './own-session.ts';

type OwnDocument = ({ ok: true } & Certificate) | NotOwn;

/** The signed contract with its certificate, for the browser that accepted; personal data are masked, so that it can be passed on. */
export async function readOwnDocument(ctx: UseCaseContext, signer: SignerActor): Promise<OwnDocument> {
  const { workspaceId, sessionId } = signer;
  const noted = await noteOwnAccess(ctx, signer, 'document');
  if (!noted.ok) return noted;
  const document = await certificateOf(ctx, { workspaceId, sessionId }, 'document');
  return document ? { ok: true, ...document } : { ok: false, code: 'session_closed' };
}
