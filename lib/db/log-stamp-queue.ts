import { advisoryLocks } from './advisory-locks.ts';
import type { Tx } from './database.ts';

const unseen = {
  name: 'has_unseen_checkpoints',
  text: `SELECT EXISTS (SELECT FROM log_checkpoints WHERE size > (SELECT coalesce(max(size), 0) FROM log_stamp_rounds)) AS are_there`,
};
const choosing = {
  name: 'choose_stamp_rounds_alone',
  text: `SELECT pg_advisory_xact_lock(${advisoryLocks.chooseStampRounds})`,
};

const every = {
  name: 'choose_every_checkpoint',
  text: `INSERT INTO log_stamp_rounds (size)
    SELECT size FROM log_checkpoints WHERE size > (SELECT coalesce(max(size), 0) FROM log_stamp_rounds)
    ORDER BY size LIMIT $1 RETURNING size`,
};

const newestAfterAWhile = {
  name: 'choose_newest_checkpoint',
  text: `INSERT INTO log_stamp_rounds (size)
    SELECT max(size) FROM log_checkpoints HAVING max(size) > (SELECT coalesce(max(size), 0) FROM log_stamp_rounds) AND NOT EXISTS (
      SELECT FROM log_stamp_rounds r WHERE r.size = (SELECT max(size) FROM log_stamp_rounds)
        AND r.chosen_at > aceite_now() - $1 * interval '1 millisecond')
    RETURNING size`,
};

const queue = {
  name: 'queue_stamps',
  text: `INSERT INTO log_stamp_queue (authority, size) SELECT authority, size FROM unnest($1::text[]) AS a (authority), unnest($2::bigint[]) AS s (size)`,
};

const introduce = {
  name: 'introduce_authorities',
  text: 'INSERT INTO log_stamp_turns (authority) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING',
};

/** Which checkpoints are stamped: each one, or the newest, no sooner than so many milliseconds after the one chosen before. */
export type StampPolicy = { everyOne: true; most: number } | { everyOne: false; spacingMs: number };

/** Chooses what is to be stamped from now on, and queues it for each authority; one process at a time, so that all see one choice. */
export async function chooseForStamping(tx: Tx, authorities: readonly string[], policy: StampPolicy): Promise<void> {
  if (authorities.length === 0 || !(await tx.row<{ are_there: boolean }>(unseen, []))?.are_there) return;
  await tx.rows(choosing, []);
  const chosen = policy.everyOne
    ? await tx.rows<{ size: string }>(every, [policy.most])
    : await tx.rows<{ size: string }>(newestAfterAWhile, [policy.spacingMs]);
  if (chosen.length === 0) return;
  await tx.rows(introduce, [authorities]);
  await tx.rows(queue, [authorities, chosen.map(({ size }) => size)]);
}

/** The right to ask an authority about one checkpoint. */
export type StampTurn = { authority: string; fence: string; failures: number; size: string; note: Buffer };

const lock = {
  name: 'lock_stamp_turn',
  text: `SELECT authority FROM log_stamp_turns WHERE authority = $1 AND next_attempt_at <= aceite_now()
      AND (lease_until IS NULL OR lease_until <= aceite_now()) FOR UPDATE SKIP LOCKED`,
};
// Asked under the lock: what its last holder brought is no longer owed.
const owed = {
  name: 'newest_owed_stamp',
  text: `SELECT c.size, c.note FROM log_checkpoints c
    WHERE c.size = (SELECT max(q.size) FROM log_stamp_queue q WHERE q.authority = $1)`,
};
const lease = {
  name: 'lease_stamp_turn',
  text: `UPDATE log_stamp_turns SET fence = fence + 1, lease_until = aceite_now() + $2 * interval '1 millisecond'
    WHERE authority = $1 RETURNING fence, failures`,
};

/**
 * Takes the turn of an authority for so long, with the newest checkpoint that it owes a stamp of: recent sessions are waited for, older
 * ones are covered by it too. Undefined when it owes none, was asked in vain a moment ago, or is being asked by another process.
 */
export async function takeStampTurn(tx: Tx, authority: string, leaseMs: number): Promise<StampTurn | undefined> {
  if (!(await tx.row(lock, [authority]))) return undefined;
  const debt = await tx.row<{ size: string; note: Buffer }>(owed, [authority]);
  if (!debt) return undefined;
  const turn = await tx.row<{ fence: string; failures: number }>(lease, [authority, leaseMs]);
  return turn && { authority, ...turn, ...debt };
}

const keep = {
  name: 'keep_time_stamp',
  text: `INSERT INTO log_time_stamps (size, authority, response, stamped_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING`,
};
const unqueue = { name: 'unqueue_stamp', text: 'DELETE FROM log_stamp_queue WHERE size = $1 AND authority = $2' };

/** Keeps the first answer for this checkpoint and authority, whoever brings it; a second one is forgotten. */
export async function keepTimeStamp(
  tx: Tx,
  { size, authority }: StampTurn,
  { response, time }: { response: Uint8Array; time: Date },
): Promise<void> {
  await tx.rows(keep, [size, authority, response, time]);
  await tx.rows(unqueue, [size, authority]);
}

const end = {
  name: 'end_stamp_turn',
  text: `UPDATE log_stamp_turns SET lease_until = NULL, failures = CASE WHEN $3::text IS NULL THEN 0 ELSE failures + 1 END, reason = $3,
      next_attempt_at = aceite_now() + $4 * interval '1 millisecond' WHERE authority = $1 AND fence = $2`,
};

/** Gives the turn back, with the reason when there is no stamp; not another's, should the lease have run out meanwhile. */
export async function endStampTurn(
  tx: Tx,
  { authority, fence }: StampTurn,
  { reason, waitMs }: { reason: string | null; waitMs: number },
): Promise<void> {
  await tx.rows(end, [authority, fence, reason, waitMs]);
}

/** What an authority still owes; `reason` tells why, after it was asked in vain. */
export type StampDebtRow = { authority: string; pending: string; oldest_seconds: number; reason: string | null };

const debts = {
  name: 'stamp_debts',
  text: `SELECT a.authority, count(q.size) AS pending, coalesce(extract(epoch FROM aceite_now() - min(q.queued_at)), 0)::double precision AS oldest_seconds,
      t.reason FROM unnest($1::text[]) AS a (authority) LEFT JOIN log_stamp_queue q USING (authority) LEFT JOIN log_stamp_turns t USING (authority)
    GROUP BY a.authority, t.reason ORDER BY a.authority`,
};

export function listStampDebts(tx: Tx, authorities: readonly string[]): Promise<StampDebtRow[]> {
  return tx.rows<StampDebtRow>(debts, [authorities]);
}
