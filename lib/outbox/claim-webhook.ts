import type { Database, Tx } from '#lib/db/database.ts';
import { insertWebhookAttempt, type NewWebhookAttempt } from '#lib/db/webhook-attempts.ts';
import { changeWebhookDelivery, claimDueWebhook, type WebhookLease } from '#lib/db/webhook-deliveries.ts';
import { attemptsAtOnce, workspaceAttemptsAtOnce } from '#lib/domain/webhook-limits.ts';
import type { WebhookStep } from '#lib/domain/webhook-schedule.ts';
import { type Clocks, countLease, processClocks } from './claim.ts';

/** Longer than an attempt takes (15 s) with all that is written around it, so that only a dead worker loses its lease. */
const leaseMs = 30_000;

export type WebhookClaim = WebhookLease & { isHeld(): boolean };

/** Leases the message that has been due longest; several workers never get the same one. */
export async function claimNextWebhook(
  db: Database,
  clocks: Clocks = processClocks,
): Promise<WebhookClaim | undefined> {
  const isHeld = countLease(leaseMs, clocks);
  const lease = await claimDueWebhook(db, {
    leaseMs,
    atOnce: attemptsAtOnce,
    workspaceAtOnce: workspaceAttemptsAtOnce,
  });
  return lease && { ...lease, isHeld };
}

/** Keeps the attempt in any case, and writes where it led under the claim's fence; answers whether that counted. */
export async function settleWebhook(
  tx: Tx,
  claim: WebhookClaim,
  step: WebhookStep,
  attempt: NewWebhookAttempt,
): Promise<boolean> {
  const counted = await changeWebhookDelivery(tx, claim, step);
  await insertWebhookAttempt(tx, claim, attempt);
  return counted;
}
