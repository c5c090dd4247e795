import { timingSafeEqual } from 'node:crypto';
import type { Tx } from '#lib/db/database.ts';
import { noteFileAccess } from '#lib/db/file-accesses.ts';
import { readSignerPageRow, type SignerPageRow } from '#lib/db/sessions.ts';
import type { AccessedFile } from '#lib/domain/custody.ts';
import type { Objector } from '#lib/domain/objection.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { SignerActor, UseCaseContext } from '../context.ts';
import { type OpenSession, openSession } from '../open-session.ts';

export type NotOwn = { ok: false; code: 'unauthorized' | 'session_closed' };
export type OwnSession = { ok: true; session: OpenSession; row: SignerPageRow } | NotOwn;

/** The signed session of whoever signed it: what names people is given to the browser that accepted, and to no other holder of the link. */
export async function openOwnSession(ctx: UseCaseContext, tx: Tx, signer: SignerActor): Promise<OwnSession> {
  const row = await readSignerPageRow(tx, signer.workspaceId, signer.sessionId);
  if (!row || row.link_issue !== signer.linkIssue) return { ok: false, code: 'unauthorized' };
  if (!isAccepter(row, signer)) return { ok: false, code: 'session_closed' };
  return { ok: true, session: openSession(ctx, row), row };
}

/** Writes that the browser that accepted is about to be given a file, for good before the file is made; nothing when it may not have it. */
export function noteOwnAccess(
  ctx: UseCaseContext,
  signer: SignerActor,
  what: AccessedFile,
): Promise<{ ok: true } | NotOwn> {
  const { workspaceId, sessionId, request } = signer;
  return ctx.db.transaction<{ ok: true } | NotOwn>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const own = await openOwnSession(ctx, tx, signer);
    if (!own.ok) return own;
    await noteFileAccess(tx, { workspaceId, sessionId, by: 'signer', what, requestId: request.requestId });
    return { ok: true };
  });
}

/** Whether this browser is the one that accepted; false while nobody has. */
export function isAccepter({ browser_sha256 }: SignerPageRow, { browserId }: SignerActor): boolean {
  return browser_sha256 !== null && timingSafeEqual(browser_sha256, sha256(browserId));
}

/** In whose name this browser can speak about a signed session. */
export function objectorOf(row: SignerPageRow, signer: SignerActor): Objector {
  return isAccepter(row, signer) ? 'accepter' : 'other_holder';
}
