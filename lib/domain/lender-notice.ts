import type { DebtMeaning } from './debt-state.ts';
import type { DeliveryStatus } from './delivery-state.ts';

/** What a notice of the lender brought about; stable words for tables, figures and screens. */
export const noticeEffects = [
  'session_cancelled',
  'lender_asked',
  'asks_before_sending',
  'nothing_new',
  'needs_a_look',
  'state_unknown',
] as const;
export type NoticeEffect = (typeof noticeEffects)[number];

/** Shown of one session: more than a debt has states. */
export const shownNoticesMax = 50;

/** Where a session stands for a notice about its debt: open, closed unsigned, or signed with a delivery. */
export type NoticeStanding = 'open' | 'closed' | DeliveryStatus;

/**
 * What a notice leads to. That the lender has the signature is never believed but asked about, so notices may be late, repeated or out of
 * order; a cancelled debt can be signed by nobody, so the open session ends. What contradicts our own record changes nothing and is
 * shown to people.
 */
const noticeTable = {
  waiting_signature: {
    open: 'nothing_new',
    closed: 'nothing_new',
    QUEUED: 'nothing_new',
    SENDING: 'nothing_new',
    RETRY_WAIT: 'nothing_new',
    AMBIGUOUS: 'nothing_new',
    PAUSED: 'nothing_new',
    NEEDS_ATTENTION: 'nothing_new',
    DELIVERED: 'nothing_new',
    REJECTED: 'nothing_new',
  },
  signed: {
    open: 'needs_a_look',
    closed: 'needs_a_look',
    QUEUED: 'lender_asked',
    SENDING: 'lender_asked',
    RETRY_WAIT: 'lender_asked',
    AMBIGUOUS: 'lender_asked',
    PAUSED: 'asks_before_sending',
    NEEDS_ATTENTION: 'lender_asked',
    DELIVERED: 'nothing_new',
    REJECTED: 'needs_a_look',
  },
  debt_cancelled: {
    open: 'session_cancelled',
    closed: 'nothing_new',
    QUEUED: 'lender_asked',
    SENDING: 'lender_asked',
    RETRY_WAIT: 'lender_asked',
    AMBIGUOUS: 'lender_asked',
    PAUSED: 'asks_before_sending',
    NEEDS_ATTENTION: 'lender_asked',
    DELIVERED: 'needs_a_look',
    REJECTED: 'nothing_new',
  },
} as const satisfies Record<DebtMeaning, Record<NoticeStanding, NoticeEffect>>;

/** The row of the table, or that the state is not in it: such a notice is kept and shown. */
export function noticeEffectOf(meaning: DebtMeaning | undefined, standing: NoticeStanding): NoticeEffect {
  return meaning === undefined ? 'state_unknown' : noticeTable[meaning][standing];
}
