import type { Tx } from '#lib/db/database.ts';
import {
  askLenderFirst,
  type ClaimedNotice,
  claimNotices,
  lockDeliveryStanding,
  lockUnworkedNotice,
  type NoticeRow,
  settleNotice,
} from '#lib/db/lender-notices.ts';
import { type DebtMeaning, debtMeaningOf } from '#lib/domain/debt-state.ts';
import { type NoticeEffect, noticeEffectOf } from '#lib/domain/lender-notice.ts';
import { isLive, shownStatus } from '#lib/domain/session-state.ts';
import { cancelInTransaction } from '../close-session.ts';
import type { UseCaseContext } from '../context.ts';
import { findAnySession } from '../find-session.ts';
import type { OpenSession } from '../open-session.ts';
import type { SealedNotice } from './receive-notice.ts';

/** Worked on one after the other: each is one short transaction. */
const batch = 20;

/** Works on the lender's notices that are due; answers how many it claimed. One that fails is due again later and holds up no other. */
export async function workNotices(ctx: UseCaseContext, onFault: (error: unknown) => void): Promise<number> {
  const claimed = await claimNotices(ctx.db, batch);
  for (const notice of claimed) await workNotice(ctx, notice).catch(onFault);
  return claimed.length;
}

function workNotice(ctx: UseCaseContext, claimed: ClaimedNotice): Promise<void> {
  const { workspaceId, sessionId } = claimed;
  return ctx.db.transaction({ role: 'aceite_worker', workspaceId }, async (tx) => {
    const notice = await lockUnworkedNotice(tx, claimed);
    const session = notice && (await findAnySession(ctx, tx, workspaceId, sessionId));
    if (!session) return;
    const effect = await effectOn(ctx, tx, session, notice);
    if (effect) await settleNotice(tx, claimed, effect);
  });
}

/** Does what the table says, and answers what that was; undefined while a worker is at the delivery, whose answer is waited for. */
async function effectOn(
  ctx: UseCaseContext,
  tx: Tx,
  session: OpenSession,
  notice: NoticeRow,
): Promise<NoticeEffect | undefined> {
  const meaning = debtMeaningOf(notice.state);
  const { status, is_expired: isExpired } = session.row;
  if (isLive(shownStatus({ status, isExpired }))) {
    const effect = noticeEffectOf(meaning, 'open');
    if (effect !== 'session_cancelled') return effect;
    const reason = cancelReason(session, notice);
    if ((await cancelInTransaction(ctx, tx, session.place, { by: 'lender' }, reason)).ok) return effect;
    // The signer, or the clock, was first: the session is closed now, and stays what it is.
  }
  return effectOnClosed(tx, session, meaning);
}

async function effectOnClosed(
  tx: Tx,
  { place }: OpenSession,
  meaning: DebtMeaning | undefined,
): Promise<NoticeEffect | undefined> {
  const delivery = await lockDeliveryStanding(tx, place);
  const effect = noticeEffectOf(meaning, delivery?.status ?? 'closed');
  if (effect !== 'lender_asked' && effect !== 'asks_before_sending') return effect;
  if (delivery?.is_leased) return undefined;
  await askLenderFirst(tx, place);
  return effect;
}

/** Kept with the session and told to the merchant, in the lender's own words where it gave any. */
function cancelReason({ vault, erased }: OpenSession, { state, content_sealed: sealed }: NoticeRow): string {
  const said = sealed && !erased ? vault.openJson<SealedNotice>('lender_notice', sealed).cancelReason : undefined;
  return `The lender cancelled the debt (${[state, said].filter(Boolean).join(': ')})`;
}
