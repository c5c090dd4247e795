import { readClock } from '#lib/db/clock.ts';
import { findDebtSessions, insertNotice } from '#lib/db/lender-notices.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { LenderInbox, LenderNotice, LenderPost } from '#lib/providers/lender-inbox.ts';
import type { UseCaseContext } from '../context.ts';
import { findAnySession } from '../find-session.ts';
import { given } from '../given.ts';
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
 * the lender's business with somebody else: acknowledged, and nothing of it is kept.
 */
export async function receiveNotice(ctx: UseCaseContext, post: LenderPost): Promise<NoticeResult> {
  const inbox = ctx.lenderInbox;
  if (!inbox) return { ok: false, code: 'lender_webhooks_closed' };
  const reading = inbox.read(post);
  if (!reading.ok && reading.code === 'not_signed') return { ok: false, code: 'lender_signature_invalid' };
  const result = reading.ok ? await keepNotice(ctx, reading.notice) : 'no_debt';
  return { ok: true, result, acknowledgement: inbox.acknowledge(post.uri) };
}

async function keepNotice(ctx: UseCaseContext, notice: LenderNotice): Promise<'kept' | 'repeated' | 'no_session'> {
  const places = await findDebtSessions(ctx.db, notice.debtKey);
  if (places.length === 0) return 'no_session';
  let isNew = false;
  for (const place of places) isNew = (await keepFor(ctx, place, notice)) || isNew;
  return isNew ? 'kept' : 'repeated';
}

function keepFor(ctx: UseCaseContext, place: SessionPlace, notice: LenderNotice): Promise<boolean> {
  const { workspaceId, sessionId } = place;
  return ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const session = await findAnySession(ctx, tx, workspaceId, sessionId);
    if (!session) throw new Error('a session that was just found cannot be read');
    const { webhookType, state, eventDatetime, content, cancelReason } = notice;
    const kept: SealedNotice = { contentBase64: Buffer.from(content).toString('base64'), ...given({ cancelReason }) };
    const sealed = !session.erased && {
      mark: ctx.keys.requestMark(workspaceId, content),
      sealed: session.vault.sealJson('lender_notice', kept),
    };
    const id = newId(await readClock(tx));
    return insertNotice(tx, { ...place, id, webhookType, state, eventDatetime, content: sealed || null });
  });
}
