import { type BodyForm, bodyFormFields } from './body-form.ts';
import type { DeliveryStatus } from './delivery-state.ts';
import type { StaffReasonRefusal } from './staff-reason.ts';

/** The fields in which two forms differ, as the second has them: what a re-encode changes. */
export function changedForm(from: BodyForm, to: BodyForm): Partial<BodyForm> {
  return Object.fromEntries(
    bodyFormFields.filter((field) => from[field] !== to[field]).map((field) => [field, to[field]]),
  );
}

/** Why a delivery was rejected, where another spelling may help: the lender has read the body and does not take its form. */
export const formRefusals: readonly string[] = ['status_400', 'status_415', 'status_422'];

/**
 * True when the body of a delivery that stands so may be spelled otherwise. After a doubt never: an earlier body may have arrived late, and
 * nobody could say any more which of them the lender has. So is every delivery that waits for a person under a refusal.
 */
export function mayReencode(delivery: { status: DeliveryStatus; reason: string | null; isInDoubt: boolean }): boolean {
  return delivery.status === 'REJECTED' && !delivery.isInDoubt && formRefusals.includes(delivery.reason ?? '');
}

/** How a proposal ends: the first two are another admin's, the last of whoever made it. */
export const reencodeDecisions = ['approved', 'declined', 'withdrawn'] as const;
export type ReencodeDecision = (typeof reencodeDecisions)[number];

/** Why an admin may not propose or decide so. */
export type ReencodeRefusal =
  | StaffReasonRefusal
  | 'forbidden'
  | 'signing_session_not_found'
  | 'form_invalid'
  | 'form_unchanged'
  | 'form_refused_before'
  | 'not_refused_for_form'
  | 'proposal_open'
  | 'proposal_not_found'
  | 'proposal_own'
  | 'proposal_of_another'
  | 'body_differs'
  | 'debt_held_elsewhere';
