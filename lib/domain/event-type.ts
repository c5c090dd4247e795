/** Everything that can happen to a session, as its story names it. Screens hold a name for each, so that a new one cannot be forgotten. */
export type EventType =
  | 'created'
  | 'link_opened'
  | 'started'
  | 'details_submitted'
  | 'accepted'
  | 'declined'
  | 'cancelled'
  | 'expired'
  | 'late_act'
  | 'lender_received'
  | 'lender_rejected'
  | 'delivery_retry'
  | 'delivery_ambiguous'
  | 'delivery_paused'
  | 'delivery_needs_attention';
