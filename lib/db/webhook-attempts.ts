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
