import type { Database, Tx } from '#lib/db/database.ts';
import { changeDelivery, claimDueDelivery, type DeliveryChange, type Claim as Lease } from '#lib/db/deliveries.ts';
import { insertAttempt, type NewAttempt } from '#lib/db/delivery-attempts.ts';

/**
 * Longer than a question and a submission take (15 s each), so that only a dead worker loses its lease. What it was sending then counts
 * as ambiguous: the lender is asked, and the bytes go again no sooner than a minute later.
 */
const leaseMs = 45_000;

/** A lease, and whether it still runs by the clocks of this process. */
export type Claim = Lease & { isHeld(): boolean };

/** Milliseconds on several clocks, always in the same order. */
export type Clocks = () => readonly number[];

/** The first stands still while the machine sleeps, the second can be set; a lease is over when either says so. */
export const processClocks: Clocks = () => [performance.now(), Date.now()];

/**
 * Whether a lease that is asked for now still runs, whenever that is asked. It is counted from before the question for it, so that a worker that
 * was held up (a stalled network, a stopped process) knows that it may be another's turn before it sends.
 */
export function countLease(leaseMs: number, clocks: Clocks): () => boolean {
  const asked = clocks();
  return () => clocks().every((now, which) => now - (asked[which] ?? 0) < leaseMs);
}

/** Leases the delivery that has been due longest of those whose lender may be called (`claimDueDelivery`); several workers never get the same one. */
export async function claimNext(
  db: Database,
  ownHost: string,
  clocks: Clocks = processClocks,
): Promise<Claim | undefined> {
  const isHeld = countLease(leaseMs, clocks);
  const lease = await claimDueDelivery(db, leaseMs, ownHost);
  return lease && { ...lease, isHeld };
}

/**
 * Writes what a call brought, under the claim's fence, and keeps the attempt in any case: the answer of a worker that lost its lease is
 * evidence, but moves nothing. Answers whether it counted, and when the delivery was done if that is where it led.
 */
export async function settleClaim(
  tx: Tx,
  claim: Claim,
  change: DeliveryChange,
  attempts: readonly Omit<NewAttempt, 'counted' | 'fence'>[],
): Promise<{ counted: boolean; deliveredAt?: Date | undefined }> {
  const changed = await changeDelivery(tx, claim, change);
  const counted = changed !== undefined;
  for (const attempt of attempts) await insertAttempt(tx, { ...attempt, fence: claim.fence, counted });
  return { counted, deliveredAt: changed?.delivered_at ?? undefined };
}
