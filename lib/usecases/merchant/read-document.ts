import { readContractSealed } from '#lib/db/sessions.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { UseCaseContext } from '../context.ts';
import { findAnySession } from '../find-session.ts';

/** Either a merchant's key, or the signature of a `documentUrl`. */
export type DocumentReader = { workspaceId: string } | { signature: string };

export type ReadDocumentResult =
  | { ok: true; bytes: Buffer; sha256: Buffer }
  | { ok: false; code: 'signing_session_not_found' | 'document_not_available' | 'unauthorized' };

/** The signed contract, byte for byte; there is none before COMPLETED, and none once it is erased. The hash is compared before anything leaves. */
export async function readDocument(
  ctx: UseCaseContext,
  reader: DocumentReader,
  sessionId: string,
): Promise<ReadDocumentResult> {
  const link = 'signature' in reader ? readLink(ctx, reader.signature, sessionId) : { workspaceId: reader.workspaceId };
  if (!link) return { ok: false, code: 'unauthorized' };
  const { workspaceId } = link;
  return ctx.db.transaction<ReadDocumentResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const session = await findAnySession(ctx, tx, workspaceId, sessionId);
    if (!session) return { ok: false, code: 'signing_session_not_found' };
    if (link.until !== undefined && session.row.now.getTime() > link.until) return { ok: false, code: 'unauthorized' };
    if (session.row.status !== 'COMPLETED' || session.erased) return { ok: false, code: 'document_not_available' };
    const sealed = await readContractSealed(tx, workspaceId, sessionId);
    if (!sealed) throw new Error('a completed session has no contract');
    const bytes = session.vault.open('contract_text', sealed);
    const hash = sha256(bytes);
    if (!hash.equals(session.row.contract_sha256)) throw new Error('the kept contract text does not match its hash');
    return { ok: true, bytes, sha256: hash };
  });
}

function readLink(
  ctx: UseCaseContext,
  signature: string,
  sessionId: string,
): { workspaceId: string; until?: number } | undefined {
  const claims = ctx.keys.verify('documentLink', signature);
  if (!claims || claims.s !== sessionId) return undefined;
  return { workspaceId: String(claims.w), until: Number(claims.until) };
}
