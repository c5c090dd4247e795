import type { SessionStatus } from './session-state.ts';

/** The events that end a session, with the status in which each leaves it. After one, nothing of the signer's can change. */
export const closingStatus = {
  accepted: 'COMPLETED',
  declined: 'FAILED',
  cancelled: 'CANCELLED',
  expired: 'EXPIRED',
} as const satisfies Partial<Record<EventType, SessionStatus>>;
type ClosingType = keyof typeof closingStatus;

export function isClosing(type: string): type is ClosingType {
  return Object.hasOwn(closingStatus, type);
}

/** The lender's last word on an acceptance: it has the signature, or will not take it. */
const outcomeTypes = ['lender_received', 'lender_rejected'] as const satisfies readonly EventType[];

export function isOutcome(type: string): type is (typeof outcomeTypes)[number] {
  return outcomeTypes.some((known) => known === type);
}

/** Whatever moves a delivery: how it stands is told by the last of these. Claims, calls that move nothing and haste are none. */
const deliveryMoves = [
  'accepted',
  ...outcomeTypes,
  'delivery_retry',
  'delivery_ambiguous',
  'delivery_paused',
  'delivery_needs_attention',
  'delivery_resumed',
  'delivery_reencode_approved',
] as const satisfies readonly EventType[];

export function movesDelivery(type: string): type is (typeof deliveryMoves)[number] {
  return deliveryMoves.some((known) => known === type);
}

/**
 * Events that anybody with the link can cause again and again: so many of a type are kept per session, and the last says so. Far more than
 * any person or robot in good faith causes, and little enough that nobody fills the disk.
 */
export const keptMax: Partial<Record<EventType, number>> = { link_opened: 100, downloaded: 100, late_act: 100 };

/** Everything that can happen to a session, as its story names it. Screens hold a name for each, so that a new one cannot be forgotten. */
export type EventType =
  | 'created'
  | 'link_opened'
  | 'started'
  | 'downloaded'
  | 'details_submitted'
  | 'accepted'
  | 'declined'
  | 'cancelled'
  | 'expired'
  | 'late_act'
  | 'withdrawal_requested'
  | 'disputed'
  | 'lender_attempt'
  | 'lender_received'
  | 'lender_rejected'
  | 'delivery_retry'
  | 'delivery_ambiguous'
  | 'delivery_paused'
  | 'delivery_needs_attention'
  | 'delivery_resumed'
  | 'delivery_hurried'
  | 'delivery_reencode_proposed'
  | 'delivery_reencode_approved'
  | 'delivery_reencode_declined'
  | 'delivery_reencode_withdrawn'
  | 'delivery_alarm'
  | 'hold_placed'
  | 'hold_lifted'
  | 'erasure_requested'
  | 'erased';
