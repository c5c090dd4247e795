/**
 * The life of a signing session, as one table. API, pages, dashboard, migrations' trigger and tests all ask it; the rules are
 * those of the field's state machine: four final states that nothing leaves, and expiry decided by the database's clock.
 */

export const sessionStatuses = ['PENDING', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

export const sessionActs = ['begin', 'save_details', 'accept', 'decline', 'fail_identity', 'cancel', 'expire'] as const;
export type SessionAct = (typeof sessionActs)[number];

type Transition = { from: readonly SessionStatus[]; to: SessionStatus; when: 'before_expiry' | 'after_expiry' };

/** Every legal move. An act that is not possible from a status is absent from its `from`. */
export const transitions = {
  begin: { from: ['PENDING'], to: 'IN_PROGRESS', when: 'before_expiry' },
  save_details: { from: ['IN_PROGRESS'], to: 'IN_PROGRESS', when: 'before_expiry' },
  accept: { from: ['IN_PROGRESS'], to: 'COMPLETED', when: 'before_expiry' },
  decline: { from: ['PENDING', 'IN_PROGRESS'], to: 'FAILED', when: 'before_expiry' },
  fail_identity: { from: ['IN_PROGRESS'], to: 'FAILED', when: 'before_expiry' },
  cancel: { from: ['PENDING', 'IN_PROGRESS'], to: 'CANCELLED', when: 'before_expiry' },
  expire: { from: ['PENDING', 'IN_PROGRESS'], to: 'EXPIRED', when: 'after_expiry' },
} as const satisfies Record<SessionAct, Transition>;

export const failureReasons = ['signer_declined', 'identity_not_verified'] as const;
export type FailureReason = (typeof failureReasons)[number];

/** Who can be behind an act or an event. */
export const actors = ['signer', 'merchant', 'staff', 'system', 'lender'] as const;
export type Actor = (typeof actors)[number];

type Moment = { status: SessionStatus; isExpired: boolean };

/** The status after `act`, or undefined when the table does not allow it. `isExpired` is the database's own comparison. */
export function nextStatus(moment: Moment, act: SessionAct): SessionStatus | undefined {
  const rule: Transition = transitions[act];
  const isOnTime = rule.when === (moment.isExpired ? 'after_expiry' : 'before_expiry');
  return isOnTime && rule.from.includes(moment.status) ? rule.to : undefined;
}

/** The status that may be shown: a live session whose time has run out is EXPIRED, recorded or not. */
export function shownStatus({ status, isExpired }: Moment): SessionStatus {
  return isExpired && isLive(status) ? 'EXPIRED' : status;
}

/** True while something can still happen to the session. */
export function isLive(status: SessionStatus): boolean {
  return status === 'PENDING' || status === 'IN_PROGRESS';
}
