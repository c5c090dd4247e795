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
  | 'hold_placed'
  | 'hold_lifted'
  | 'erasure_requested'
  | 'erased';
