import { breakerRules } from '#lib/domain/circuit-breaker.ts';
import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import type { Database, Tx } from './database.ts';

export type Claim = {
  session_id: string;
  workspace_id: string;
  fence: string;
  /** Of the lender to whom it goes. */
  host: string;
  /** The one call by which a host that rests is tried; how it ended must be told (`noteLenderCalls`). */
  is_probe: boolean;
};

const claim = {
  name: 'claim_delivery',
  text: 'SELECT session_id, workspace_id, fence, host, is_probe FROM claim_delivery($1, $2, $3, $4)',
};

/**
 * Leases the delivery that has been due longest of those whose lender is not given a rest, or answers undefined. `ownHost` is the lender of
 * workspaces without settings of their own.
 */
export async function claimDueDelivery(db: Database, leaseMs: number, ownHost: string): Promise<Claim | undefined> {
  const { waitMs, probeMs } = breakerRules;
  return (await db.door<Claim>(claim, [leaseMs, ownHost, waitMs, probeMs]))[0];
}

const findPaused = {
  name: 'find_paused_deliveries',
  text: 'SELECT session_id, workspace_id FROM find_paused_deliveries($1)',
};

export function findPausedDeliveries(
  db: Database,
  howMany: number,
): Promise<{ session_id: string; workspace_id: string }[]> {
  return db.door(findPaused, [howMany]);
}

export type DeliveryRow = {
  session_id: string;
  workspace_id: string;
  debt_key: string;
  status: DeliveryStatus;
  body_sealed: Buffer;
  body_sha256: Buffer;
  queued_at: Date;
  attempts: number;
  failures: number;
  first_attempt_at: Date | null;
  last_attempt_at: Date | null;
  next_attempt_at: Date | null;
  fence: string;
  was_ambiguous: boolean;
  delivered_at: Date | null;
  delivered_by: 'reply' | 'reconciliation' | null;
  reason: string | null;
  lender_words_sealed: Buffer | null;
  alarms: string[];
  contract_sha256: Buffer;
  /** Its body is another than the one of the acceptance. */
  is_reencoded: boolean;
  wrapping_key_id: string;
  wrapped_key: Buffer;
  now: Date;
};

const read = {
  name: 'read_delivery',
  text: `SELECT d.*, s.contract_sha256, k.wrapping_key_id, k.wrapped_key, aceite_now() AS now,
      EXISTS (SELECT FROM lender_reencodes r
        WHERE r.session_id = d.session_id AND r.workspace_id = d.workspace_id AND r.outcome = 'approved') AS is_reencoded
    FROM deliveries d
    JOIN signing_sessions s ON s.id = d.session_id JOIN session_keys k ON k.session_id = d.session_id
    WHERE d.workspace_id = $1 AND d.session_id = $2`,
};

export function readDelivery(tx: Tx, workspaceId: string, sessionId: string): Promise<DeliveryRow | undefined> {
  return tx.row<DeliveryRow>(read, [workspaceId, sessionId]);
}

/** What one step of the delivery machine changes; everything else of the row stays. */
export type DeliveryChange = {
  status: DeliveryStatus;
  reason: string;
  failures: number;
  wasAmbiguous: boolean;
  /** Milliseconds from now; null for states that wait for nothing. */
  nextAttemptInMs: number | null;
  deliveredBy: 'reply' | 'reconciliation' | null;
  /** Null keeps what the lender said before, until it has the signature: then its old complaints are history. */
  lenderWordsSealed: Buffer | null;
};

const change = {
  name: 'change_delivery',
  text: `UPDATE deliveries SET status = $4, reason = $5, failures = $6, was_ambiguous = $7,
      next_attempt_at = aceite_now() + $8 * interval '1 millisecond', lease_until = NULL,
      delivered_by = $9, delivered_at = CASE WHEN $9::text IS NOT NULL THEN aceite_now() END,
      lender_words_sealed = coalesce($10, CASE WHEN $9::text IS NULL THEN lender_words_sealed END)
    WHERE workspace_id = $1 AND session_id = $2 AND fence = $3 RETURNING delivered_at`,
};

/** Writes a result under the fence it was claimed with; undefined when another worker has claimed the delivery since. */
export async function changeDelivery(
  tx: Tx,
  { workspace_id, session_id, fence }: Claim,
  c: DeliveryChange,
): Promise<{ delivered_at: Date | null } | undefined> {
  const values = [workspace_id, session_id, fence, c.status, c.reason, c.failures, c.wasAmbiguous];
  return tx.row<{ delivered_at: Date | null }>(change, [
    ...values,
    c.nextAttemptInMs,
    c.deliveredBy,
    c.lenderWordsSealed,
  ]);
}

const start = {
  name: 'start_sending',
  text: `UPDATE deliveries SET status = 'SENDING', attempts = attempts + 1, last_attempt_at = aceite_now()
    WHERE workspace_id = $1 AND session_id = $2 AND fence = $3 RETURNING session_id`,
};

/** Marks a delivery that was asked about as being sent now, under the same lease; false when the lease is another's. */
export async function startSending(tx: Tx, { workspace_id, session_id, fence }: Claim): Promise<boolean> {
  return (await tx.row(start, [workspace_id, session_id, fence])) !== undefined;
}

const release = {
  name: 'release_paused',
  text: `UPDATE deliveries SET status = 'QUEUED', next_attempt_at = aceite_now(), first_attempt_at = NULL, failures = 0
    WHERE workspace_id = $1 AND session_id = $2 AND status = 'PAUSED' RETURNING session_id`,
};

/** Queues a paused delivery again, with the whole schedule before it: the pause was nobody's failed attempt. */
export async function releasePausedDelivery(tx: Tx, workspaceId: string, sessionId: string): Promise<boolean> {
  return (await tx.row(release, [workspaceId, sessionId])) !== undefined;
}

const resume = {
  name: 'resume_delivery',
  text: `UPDATE deliveries SET status = 'QUEUED', next_attempt_at = aceite_now(), first_attempt_at = NULL, failures = 0, reason = NULL,
      lease_until = NULL
    WHERE workspace_id = $1 AND session_id = $2 AND status = $3 AND (lease_until IS NULL OR lease_until <= aceite_now())
    RETURNING session_id`,
};

/** Queues a delivery that stands so, with the whole schedule before it; false while a worker has it, or when it stands otherwise by now. */
export async function resumeDelivery(tx: Tx, { session_id, workspace_id, status }: StandingDelivery): Promise<boolean> {
  return (await tx.row(resume, [workspace_id, session_id, status])) !== undefined;
}

const hurry = {
  name: 'hurry_delivery',
  text: `UPDATE deliveries SET next_attempt_at = aceite_now()
    WHERE workspace_id = $1 AND session_id = $2 AND status = $3 AND (lease_until IS NULL OR lease_until <= aceite_now())
    RETURNING session_id`,
};

/** Brings the next attempt of a delivery that stands so forward; false while a worker has it, or when it stands otherwise by now. */
export async function hurryDelivery(tx: Tx, { session_id, workspace_id, status }: StandingDelivery): Promise<boolean> {
  return (await tx.row(hurry, [workspace_id, session_id, status])) !== undefined;
}

type StandingDelivery = Pick<DeliveryRow, 'session_id' | 'workspace_id' | 'status'>;
