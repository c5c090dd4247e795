import type { WebhookStep } from '#lib/domain/webhook-schedule.ts';
import type { Database, Tx } from './database.ts';

export type WebhookLease = {
  endpoint_id: string;
  event_id: string;
  workspace_id: string;
  fence: string;
  claimed_at: Date;
};

const claim = {
  name: 'claim_webhook',
  text: 'SELECT endpoint_id, event_id, workspace_id, fence, claimed_at FROM claim_webhook($1, $2, $3)',
};

/**
 * Leases the delivery that has been due longest, of an endpoint with fewer than `atOnce` under way and a workspace with
 * fewer than `workspaceAtOnce`; undefined when none is due.
 */
export async function claimDueWebhook(
  db: Database,
  limits: { leaseMs: number; atOnce: number; workspaceAtOnce: number },
): Promise<WebhookLease | undefined> {
  return (await db.door<WebhookLease>(claim, [limits.leaseMs, limits.atOnce, limits.workspaceAtOnce]))[0];
}

export type WebhookToSend = {
  url: string;
  secret_sealed: Buffer;
  /** Null once its time is over. */
  former_secret_sealed: Buffer | null;
  body: Buffer;
  seed_sealed: Buffer;
  failures: number;
};

const read = {
  name: 'read_webhook_to_send',
  text: `SELECT e.url, e.secret_sealed, CASE WHEN e.former_until > aceite_now() THEN e.former_secret_sealed END AS former_secret_sealed,
      v.body, k.seed_sealed, d.failures
    FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id JOIN webhook_events v ON v.id = d.event_id
    JOIN webhook_signing_keys k ON k.workspace_id = d.workspace_id
    WHERE d.workspace_id = $1 AND d.endpoint_id = $2 AND d.event_id = $3 AND d.fence = $4 AND e.state = 'active'`,
};

/** What a lease is about; undefined when it is another's by now, or the endpoint was switched off. */
export function readWebhookToSend(tx: Tx, lease: WebhookLease): Promise<WebhookToSend | undefined> {
  return tx.row<WebhookToSend>(read, placeOf(lease));
}

const change = {
  name: 'change_webhook_delivery',
  text: `UPDATE webhook_deliveries SET status = $5, reason = $6, lease_until = NULL,
      failures = CASE WHEN $5 = 'DELIVERED' THEN 0 ELSE failures + 1 END,
      next_attempt_at = CASE WHEN $5 = 'PENDING' THEN aceite_now() + $7::bigint * interval '1 millisecond' END,
      delivered_at = CASE WHEN $5 = 'DELIVERED' THEN aceite_now() ELSE delivered_at END
    WHERE workspace_id = $1 AND endpoint_id = $2 AND event_id = $3 AND fence = $4 AND status = 'PENDING' RETURNING status`,
};

/** Writes a result under the fence it was claimed with; false when it no longer counts. */
export async function changeWebhookDelivery(tx: Tx, lease: WebhookLease, step: WebhookStep): Promise<boolean> {
  const waitMs = step.status === 'PENDING' ? step.nextAttemptInMs : null;
  return (await tx.row(change, [...placeOf(lease), step.status, step.reason, waitMs])) !== undefined;
}

function placeOf({ workspace_id, endpoint_id, event_id, fence }: WebhookLease): unknown[] {
  return [workspace_id, endpoint_id, event_id, fence];
}

const test = {
  name: 'insert_webhook_test',
  text: `INSERT INTO webhook_events (id, workspace_id, type, occurred_at, body)
    SELECT $2, $1, 'webhook.test', at, convert_to(json_build_object('eventId', $2::uuid, 'type', 'webhook.test', 'occurredAt', webhook_time(at),
      'data', json_build_object('endpointId', $3::uuid))::text, 'UTF8') FROM (SELECT aceite_now() AS at) clock`,
};
const queue = {
  name: 'queue_webhook_test',
  text: 'INSERT INTO webhook_deliveries (endpoint_id, event_id, workspace_id) VALUES ($3, $2, $1)',
};

/** Tells one endpoint, and it alone, that it is tried out. */
export async function insertTestEvent(
  tx: Tx,
  { workspaceId, eventId, endpointId }: { workspaceId: string; eventId: string; endpointId: string },
): Promise<void> {
  await tx.rows(test, [workspaceId, eventId, endpointId]);
  await tx.rows(queue, [workspaceId, eventId, endpointId]);
}

const again = (
  condition: string,
) => `UPDATE webhook_deliveries d SET status = 'PENDING', failures = 0, next_attempt_at = aceite_now(), reason = NULL
    FROM webhook_events v WHERE v.id = d.event_id AND d.workspace_id = $1 AND d.endpoint_id = $2 AND ${condition}
    AND (d.lease_until IS NULL OR d.lease_until <= aceite_now()) RETURNING d.event_id`;
const resendOne = { name: 'resend_webhook', text: again('d.event_id = $3') };
const resendRange = {
  name: 'resend_webhooks',
  text: again('v.occurred_at >= $3 AND v.occurred_at <= coalesce($4, aceite_now()) AND (d.status = ANY ($5))'),
};

/** Queues one message again, at the head of its whole schedule; false when there is none, or it is under way at this moment. */
export async function resendOneWebhook(
  tx: Tx,
  { workspaceId, endpointId, eventId }: { workspaceId: string; endpointId: string; eventId: string },
): Promise<boolean> {
  return (await tx.row(resendOne, [workspaceId, endpointId, eventId])) !== undefined;
}

export type WebhookRange = { since: Date; until: Date | undefined; statuses: readonly WebhookStep['status'][] };

/** As above, all of an endpoint that happened in that time and stand so; answers how many. */
export async function resendWebhookRange(
  tx: Tx,
  workspaceId: string,
  endpointId: string,
  { since, until, statuses }: WebhookRange,
): Promise<number> {
  return (await tx.rows(resendRange, [workspaceId, endpointId, since, until ?? null, statuses])).length;
}

const prune = { name: 'prune_webhooks', text: 'SELECT prune_webhooks($1) AS gone' };

/** Removes up to `howMany` messages of the time before the last thirty days; answers how many. */
export async function pruneWebhookEvents(db: Database, howMany: number): Promise<number> {
  return (await db.door<{ gone: number }>(prune, [howMany]))[0]?.gone ?? 0;
}
