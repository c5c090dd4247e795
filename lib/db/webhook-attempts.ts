import type { WebhookStep } from '#lib/domain/webhook-schedule.ts';
import type { Tx } from './database.ts';
import type { WebhookLease } from './webhook-deliveries.ts';

/** Of one delivery so many attempts are kept, the newest: a whole schedule, and what people sent again. */
const keptMax = 30;

export type NewWebhookAttempt = {
  id: string;
  latencyMs: number;
  /** `http_` and the status, or the stable word for why there was none. */
  outcome: string;
  httpStatus: number | null;
  /** Scrubbed. */
  reply: string | null;
};

const insert = {
  name: 'insert_webhook_attempt',
  text: `INSERT INTO webhook_attempts (id, endpoint_id, event_id, workspace_id, started_at, latency_ms, outcome, http_status, reply)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};
const trim = {
  name: 'trim_webhook_attempts',
  text: `DELETE FROM webhook_attempts WHERE id IN (SELECT id FROM webhook_attempts
    WHERE workspace_id = $1 AND endpoint_id = $2 AND event_id = $3 ORDER BY started_at DESC, id DESC OFFSET ${keptMax})`,
};

/** Keeps one attempt, and the newest of those before it. */
export async function insertWebhookAttempt(tx: Tx, lease: WebhookLease, a: NewWebhookAttempt): Promise<void> {
  const { endpoint_id, event_id, workspace_id, claimed_at } = lease;
  const place = [endpoint_id, event_id, workspace_id];
  await tx.rows(insert, [a.id, ...place, claimed_at, a.latencyMs, a.outcome, a.httpStatus, a.reply]);
  await tx.rows(trim, [workspace_id, endpoint_id, event_id]);
}

export type WebhookAttemptRow = {
  event_id: string;
  started_at: Date;
  latency_ms: number;
  outcome: string;
  http_status: number | null;
  reply: string | null;
};

const list = {
  name: 'list_webhook_attempts',
  text: `SELECT event_id, started_at, latency_ms, outcome, http_status, reply FROM webhook_attempts
    WHERE workspace_id = $1 AND endpoint_id = $2 AND event_id = ANY ($3) ORDER BY started_at, id`,
};

/** The attempts at these messages that are kept, oldest first. */
export function listWebhookAttempts(
  tx: Tx,
  { workspaceId, endpointId, eventIds }: { workspaceId: string; endpointId: string; eventIds: readonly string[] },
): Promise<WebhookAttemptRow[]> {
  return tx.rows<WebhookAttemptRow>(list, [workspaceId, endpointId, eventIds]);
}

export type WebhookDeliveryRow = {
  event_id: string;
  type: string;
  session_id: string | null;
  occurred_at: Date;
  created_at: Date;
  status: WebhookStep['status'];
  attempts: number;
  reason: string | null;
  next_attempt_at: Date | null;
  last_attempt_at: Date | null;
};

const listDeliveries = {
  name: 'list_webhook_deliveries',
  text: `SELECT d.event_id, v.type, v.session_id, v.occurred_at, d.created_at, d.status, d.attempts, d.reason, d.next_attempt_at, d.last_attempt_at
    FROM webhook_deliveries d JOIN webhook_events v ON v.id = d.event_id
    WHERE d.workspace_id = $1 AND d.endpoint_id = $2 ORDER BY d.created_at DESC, d.event_id DESC LIMIT $3`,
};

/** The newest messages for an endpoint. */
export function listWebhookDeliveries(
  tx: Tx,
  workspaceId: string,
  endpointId: string,
  limit: number,
): Promise<WebhookDeliveryRow[]> {
  return tx.rows<WebhookDeliveryRow>(listDeliveries, [workspaceId, endpointId, limit]);
}
