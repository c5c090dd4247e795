import type { Tx } from '#lib/db/database.ts';
import { recordLapsed } from '#lib/db/session-moves.ts';
import { lockSignerPageRow, readErasedRow, type SignerPageRow } from '#lib/db/sessions.ts';
import { currentPage, type SignerPage } from '#lib/domain/journey.ts';
import { isLive } from '#lib/domain/session-state.ts';
import { hasAllDetails } from '#lib/domain/signer-detail.ts';
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
  return withLocked(ctx, signer, async (tx, session, row) => {
    if (row.status === 'COMPLETED') return { kind: 'go', page: 'receipt' };
    if (isLive(row.status) && !row.is_expired) return work(tx, session, row);
    return leadFromClosed(tx, signer, act, { session, row });
  });
}

/** The same for an act that only a signed session takes; while there is nothing signed, the person is led to where they stand. */
export function actOnSigned(ctx: UseCaseContext, signer: SignerActor, act: string, work: Work): Promise<ActResult> {
  return withLocked(ctx, signer, async (tx, session, row) => {
    if (row.status === 'COMPLETED') return work(tx, session, row);
    if (!isLive(row.status) || row.is_expired) return leadFromClosed(tx, signer, act, { session, row });
    const detailsComplete = hasAllDetails(session.details);
    return { kind: 'go', page: currentPage({ status: row.status, detailsComplete }) };
  });
}

function withLocked(ctx: UseCaseContext, signer: SignerActor, work: Work): Promise<ActResult> {
  const { workspaceId, sessionId } = signer;
  return ctx.db.transaction<ActResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await lockSignerPageRow(tx, workspaceId, sessionId);
    if (!row) return leadToErased(tx, signer);
    if (row.link_issue !== signer.linkIssue) return { kind: 'refused', code: 'unauthorized' };
    return work(tx, openSession(ctx, row), row);
  });
}

type Closed = { session: OpenSession; row: SignerPageRow };

async function leadFromClosed(tx: Tx, signer: SignerActor, act: string, { session, row }: Closed): Promise<ActResult> {
  await recordLapsed(tx, signer.workspaceId, signer.sessionId);
  const data = { act, contractSha256: row.contract_sha256.toString('hex') };
  await recordEvent(tx, session, { type: 'late_act', actor: 'signer', request: signer.request, data });
  return { kind: 'go', page: 'closed' };
}

/** What was erased takes no act, and nothing more is kept of it; the person is shown how it ended. */
async function leadToErased(tx: Tx, { workspaceId, sessionId, linkIssue }: SignerActor): Promise<ActResult> {
  const row = await readErasedRow(tx, workspaceId, sessionId);
  if (row?.link_issue !== linkIssue) return { kind: 'refused', code: 'unauthorized' };
  return { kind: 'go', page: row.status === 'COMPLETED' ? 'receipt' : 'closed' };
}
