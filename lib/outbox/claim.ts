import type { Database, Tx } from '#lib/db/database.ts';
import { type Claim, changeDelivery, claimDueDelivery, type DeliveryChange } from '#lib/db/deliveries.ts';
import { insertAttempt, type NewAttempt } from '#lib/db/delivery-attempts.ts';

/**
 * Longer than one question and one submission together can take (15 s each), so that only a dead worker loses its lease. What it
 * was sending then counts as ambiguous.
 */
const leaseMs = 45_000;

export type { Claim };

/** Leases the delivery that has been due longest; several workers never get the same one. */
export function claimNext(db: Database): Promise<Claim | undefined> {
  return claimDueDelivery(db, leaseMs);
}

/**
 * Writes what a call brought, under the claim's fence, and keeps the attempt in any case: the answer of a worker that lost its lease is
 * evidence, but moves nothing. Answers whether it counted.
 */
export async function settleClaim(
  tx: Tx,
  claim: Claim,
  change: DeliveryChange,
  attempts: readonly Omit<NewAttempt, 'counted' | 'fence'>[],
): Promise<boolean> {
  const counted = await changeDelivery(tx, claim, change);
  for (const attempt of attempts) await insertAttempt(tx, { ...attempt, fence: claim.fence, counted });
  return counted;
}
