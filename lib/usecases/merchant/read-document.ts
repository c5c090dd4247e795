import { noteFileAccess } from '#lib/db/file-accesses.ts';
import type { MerchantActor, RequestFacts, UseCaseContext } from '../context.ts';
import { type Certificate, certificateOf } from '../evidence/certificate-of.ts';
import { findAnySession } from '../find-session.ts';

/** Either a merchant's key, or the signature of a `documentUrl`. */
export type DocumentReader = MerchantActor | { signature: string; request: RequestFacts };

export type ReadDocumentResult =
  | ({ ok: true } & Certificate)
  | { ok: false; code: 'signing_session_not_found' | 'document_not_available' | 'unauthorized' };

/** The signed contract as one PDF, its certificate behind it, personal data masked; there is none before COMPLETED, and none once it is erased. */
export async function readDocument(
  ctx: UseCaseContext,
  reader: DocumentReader,
  sessionId: string,
): Promise<ReadDocumentResult> {
  const link = 'signature' in reader ? readLink(ctx, reader.signature, sessionId) : reader;
  if (!link) return { ok: false, code: 'unauthorized' };
  const { workspaceId } = link;
  const refusal = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const session = await findAnySession(ctx, tx, workspaceId, sessionId);
    if (!session) return 'signing_session_not_found';
    if ('until' in link && session.row.now.getTime() > link.until) return 'unauthorized';
    if (session.row.status !== 'COMPLETED' || session.erased) return 'document_not_available';
    await noteFileAccess(tx, { workspaceId, sessionId, what: 'document', ...takerOf(reader) });
    return undefined;
  });
  if (refusal) return { ok: false, code: refusal };
  const certificate = await certificateOf(ctx, { workspaceId, sessionId }, 'document');
  return certificate ? { ok: true, ...certificate } : { ok: false, code: 'signing_session_not_found' };
}

function takerOf(reader: DocumentReader) {
  const { requestId } = reader.request;
  return 'signature' in reader
    ? { by: 'link_holder' as const, requestId }
    : { by: 'merchant' as const, apiKeyId: reader.apiKeyId, requestId };
}

function readLink(
  ctx: UseCaseContext,
  signature: string,
  sessionId: string,
): { workspaceId: string; until: number } | undefined {
  const claims = ctx.keys.verify('documentLink', signature);
  if (!claims || claims.s !== sessionId) return undefined;
  return { workspaceId: String(claims.w), until: Number(claims.until) };
}
