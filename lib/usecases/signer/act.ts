import type { Tx } from '#lib/db/database.ts';
import { recordLapsed } from '#lib/db/session-moves.ts';
import { lockSignerPageRow, readErasedRow, type SignerPageRow } from '#lib/db/sessions.ts';
import type { SignerPage } from '#lib/domain/journey.ts';
import { isLive } from '#lib/domain/session-state.ts';
import type { SignerActor, UseCaseContext } from '#lib/usecases/context.ts';
import { recordEvent } from '#lib/usecases/events.ts';
import { type OpenSession, openSession } from '#lib/usecases/open-session.ts';

/** Where an act leads: a page of ours, or one of the few refusals that are pages themselves. */
export type ActResult =
  | { kind: 'go'; page: SignerPage }
  | { kind: 'refused'; code: 'unauthorized' | 'client_address_untrusted' };

type Work = (tx: Tx, session: OpenSession, row: SignerPageRow) => Promise<ActResult>;

/**
 * Runs one act of the signer with the session locked. A closed session takes no act: what came late is kept as an event with the
 * hash it was about, and the person is shown how the session ended.
 */
export function actOnSession(ctx: UseCaseContext, signer: SignerActor, act: string, work: Work): Promise<ActResult> {
  const { workspaceId, sessionId } = signer;
  return ctx.db.transaction<ActResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await lockSignerPageRow(tx, workspaceId, sessionId);
    if (!row) return leadToErased(tx, signer);
    if (row.link_issue !== signer.linkIssue) return { kind: 'refused', code: 'unauthorized' };
    const session = openSession(ctx, row);
    if (row.status === 'COMPLETED') return { kind: 'go', page: 'receipt' };
    if (isLive(row.status) && !row.is_expired) return work(tx, session, row);
    await recordLapsed(tx, workspaceId, sessionId);
    const data = { act, contractSha256: row.contract_sha256.toString('hex') };
    await recordEvent(tx, session, { type: 'late_act', actor: 'signer', request: signer.request, data });
    return { kind: 'go', page: 'closed' };
  });
}

/** What was erased takes no act, and nothing more is kept of it; the person is shown how it ended. */
async function leadToErased(tx: Tx, { workspaceId, sessionId, linkIssue }: SignerActor): Promise<ActResult> {
  const row = await readErasedRow(tx, workspaceId, sessionId);
  if (row?.link_issue !== linkIssue) return { kind: 'refused', code: 'unauthorized' };
  return { kind: 'go', page: row.status === 'COMPLETED' ? 'receipt' : 'closed' };
}
