/**
 * The life of one delivery to the lender, apart from the session: COMPLETED is the signer's act and stays, whatever the lender says.
 * Names and moves follow `security-and-reliability` 8.1; its RECONCILING is the question asked while AMBIGUOUS.
 */

export const deliveryStatuses = [
  'QUEUED',
  'SENDING',
  'RETRY_WAIT',
  'AMBIGUOUS',
  'DELIVERED',
  'REJECTED',
  'PAUSED',
  'NEEDS_ATTENTION',
] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** Legal moves; the trigger on `deliveries` refuses every other pair. Only staff leave REJECTED and NEEDS_ATTENTION for QUEUED. */
export const deliveryMoves = {
  QUEUED: ['SENDING'],
  SENDING: ['DELIVERED', 'RETRY_WAIT', 'AMBIGUOUS', 'REJECTED', 'PAUSED', 'NEEDS_ATTENTION'],
  RETRY_WAIT: ['SENDING', 'NEEDS_ATTENTION'],
  AMBIGUOUS: ['AMBIGUOUS', 'DELIVERED', 'RETRY_WAIT', 'REJECTED', 'NEEDS_ATTENTION'],
  PAUSED: ['QUEUED'],
  NEEDS_ATTENTION: ['QUEUED', 'SENDING', 'AMBIGUOUS', 'DELIVERED', 'RETRY_WAIT', 'REJECTED'],
  REJECTED: ['QUEUED'],
  DELIVERED: [],
} as const satisfies Record<DeliveryStatus, readonly DeliveryStatus[]>;

/**
 * What staff may do about a delivery, and from which statuses: `retry` begins it anew, with the same bytes and the whole schedule before
 * it; `send_now` only brings its next attempt forward.
 */
export const staffDeliveryActs = {
  retry: ['REJECTED', 'NEEDS_ATTENTION', 'PAUSED'],
  send_now: ['RETRY_WAIT', 'NEEDS_ATTENTION'],
} as const satisfies Record<string, readonly DeliveryStatus[]>;
export type StaffDeliveryAct = keyof typeof staffDeliveryActs;

/** True when staff may do this about a delivery that stands so. */
export function mayActOnDelivery(act: StaffDeliveryAct, status: DeliveryStatus): boolean {
  return (staffDeliveryActs[act] as readonly DeliveryStatus[]).includes(status);
}

/** True when the delivery may move from one status to the other. */
export function canMoveDelivery(from: DeliveryStatus, to: DeliveryStatus): boolean {
  return (deliveryMoves[from] as readonly DeliveryStatus[]).includes(to);
}
