import { readClock } from '#lib/db/clock.ts';
import { findCredentials, readCredential } from '#lib/db/lender-credentials.ts';
import { findDebtSessions, insertNotice } from '#lib/db/lender-notices.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { LenderInbox, LenderNotice, LenderPost } from '#lib/providers/lender-inbox.ts';
import type { UseCaseContext } from '../context.ts';
import { findAnySession } from '../find-session.ts';
import { integrationMark, ownLenderAccess } from '../lender-access.ts';
import { newId } from '../new-id.ts';

/** What became of a post; a closed set, counted in /metrics. */
export type NoticeResult =
  | { ok: true; result: 'kept' | 'repeated' | 'no_session' | 'no_debt'; acknowledgement: Acknowledgement }
  | { ok: false; code: 'lender_signature_invalid' | 'lender_webhooks_closed' };

/** What `content_sealed` of a notice opens to. */
export type SealedNotice = { contentBase64: string; cancelReason?: string };

type Acknowledgement = ReturnType<LenderInbox['acknowledge']>;

/**
 * Takes a post of the lender: proves it, keeps it, and acknowledges it; the worker does the rest. A debt of which no session is known is
 * the lender's business with somebody else: acknowledged, and nothing of it is kept. A post speaks only of debts of the workspaces whose
 * key of the lender proves it.
 */
export async function receiveNotice(ctx: UseCaseContext, post: LenderPost): Promise<NoticeResult> {
  const inboxes = await candidates(ctx, post.headers.apiClientKey);
  if (inboxes.length === 0) return { ok: false, code: ctx.lenderInbox ? invalid : 'lender_webhooks_closed' };
  const proved = inboxes.flatMap(({ inbox, workspaceId }) => {
    const reading = inbox.read(post);
    return reading.ok || reading.code === 'no_debt' ? [{ inbox, workspaceId, reading }] : [];
  });
  const [first] = proved;
  if (!first) return { ok: false, code: invalid };
  const result = first.reading.ok
    ? await keepNotice(ctx, first.reading.notice, new Set(proved.map(({ workspaceId }) => workspaceId)))
    : 'no_debt';
  return { ok: true, result, acknowledgement: first.inbox.acknowledge(post.uri) };
}

const invalid = 'lender_signature_invalid';

/** Whose settings proved a post: a workspace's own, or the installation's, which stand for all workspaces that have none. */
type Prover = string | 'installation';

/** Those whose integration the post names, and the installation's. */
async function candidates(
  ctx: UseCaseContext,
  apiClientKey: string | null,
): Promise<{ inbox: LenderInbox; workspaceId: Prover }[]> {
  const owners = apiClientKey === null ? [] : await findCredentials(ctx.db, integrationMark(ctx, apiClientKey));
  const own = await Promise.all(
    owners.map(async (workspaceId) => {
      const access = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
        ownLenderAccess(ctx, tx, workspaceId),
      );
      return access?.lenderInbox ? [{ inbox: access.lenderInbox, workspaceId }] : [];
    }),
  );
  return [...own.flat(), ...(ctx.lenderInbox ? [{ inbox: ctx.lenderInbox, workspaceId: 'installation' }] : [])];
}

async function keepNotice(
  ctx: UseCaseContext,
  notice: LenderNotice,
  provers: ReadonlySet<Prover>,
): Promise<'kept' | 'repeated' | 'no_session'> {
  const results: Awaited<ReturnType<typeof keepFor>>[] = [];
  for (const place of await findDebtSessions(ctx.db, notice.debtKey))
    results.push(await keepFor(ctx, place, notice, provers));
  return (['kept', 'repeated'] as const).find((result) => results.includes(result)) ?? 'no_session';
}

function keepFor(
  ctx: UseCaseContext,
  place: SessionPlace,
  notice: LenderNotice,
  provers: ReadonlySet<Prover>,
): Promise<'kept' | 'repeated' | 'no_session'> {
  const { workspaceId, sessionId } = place;
  return ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const hasOwn = (await readCredential(tx, workspaceId)) !== undefined;
    if (!provers.has(hasOwn ? workspaceId : 'installation')) return 'no_session';
    const session = await findAnySession(ctx, tx, workspaceId, sessionId);
    if (!session) throw new Error('a session that was just found cannot be read');
    const { webhookType, state, eventDatetime, content, cancelReason } = notice;
    const kept: SealedNotice = {
      contentBase64: Buffer.from(content).toString('base64'),
      ...withoutAbsent({ cancelReason }),
    };
    const sealed = !session.erased && {
      mark: ctx.keys.requestMark(workspaceId, content),
      sealed: session.vault.sealJson('lender_notice', kept),
    };
    const id = newId(await readClock(tx));
    const isNew = await insertNotice(tx, { ...place, id, webhookType, state, eventDatetime, content: sealed || null });
    return isNew ? 'kept' : 'repeated';
  });
}
