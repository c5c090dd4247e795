import { findSessionByLink } from '#lib/db/find-session.ts';
import { lockSessionRow } from '#lib/db/sessions.ts';
import { isLive } from '#lib/domain/session-state.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { RequestFacts, UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { openSession } from '../open-session.ts';
import { mintCookie, newBrowserId, readSigner } from './signer-cookie.ts';

export type OpenLinkResult = { ok: true; sessionId: string; cookieValue: string } | { ok: false };

/**
 * Exchanges the link for the signer's cookie. Repeatable, and it moves no state: robots open links. `cookiesOf` answers what this
 * browser already holds for a session, so that opening the link again does not make it a stranger to its own receipt.
 */
export async function openLink(
  ctx: UseCaseContext,
  token: string,
  request: RequestFacts,
  cookieOf: (sessionId: string) => string | undefined,
): Promise<OpenLinkResult> {
  const found = await findSessionByLink(ctx.db, sha256(token));
  if (!found) return { ok: false };
  const { session_id: sessionId, workspace_id: workspaceId, link_issue: linkIssue } = found;
  const known = readSigner(ctx, sessionId, cookieOf(sessionId), request);
  const isSameIssue = known?.linkIssue === linkIssue;
  await ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await lockSessionRow(tx, workspaceId, sessionId);
    if (!row || row.is_expired || !isLive(row.status)) return;
    await recordEvent(tx, openSession(ctx, row), { type: 'link_opened', actor: 'signer', request });
  });
  const browserId = known && isSameIssue ? known.browserId : newBrowserId();
  return { ok: true, sessionId, cookieValue: mintCookie(ctx, { sessionId, workspaceId, linkIssue, browserId }) };
}
