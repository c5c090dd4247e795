import type { MerchantActor, UseCaseContext } from '../context.ts';
import { type Certificate, certificateOf } from '../evidence/certificate-of.ts';
import { noteAccess } from './note-access.ts';

type ReadCertificateResult = ({ ok: true } & Certificate) | { ok: false; code: 'signing_session_not_found' };

/** The certificate of a session, masked for sharing or whole for the court. */
export async function readCertificate(
  ctx: UseCaseContext,
  merchant: MerchantActor,
  sessionId: string,
  version: 'shared' | 'court',
): Promise<ReadCertificateResult> {
  const what = version === 'court' ? 'court_certificate' : 'certificate';
  if (!(await noteAccess(ctx, merchant, sessionId, what))) return { ok: false, code: 'signing_session_not_found' };
  const { workspaceId } = merchant;
  const certificate = await certificateOf(ctx, { workspaceId, sessionId }, version);
  return certificate ? { ok: true, ...certificate } : { ok: false, code: 'signing_session_not_found' };
}
