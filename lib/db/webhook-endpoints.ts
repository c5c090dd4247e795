import type { DisabledReason } from '#lib/domain/webhook-standing.ts';
import type { ChosenType } from '#lib/domain/webhook-type.ts';
import type { Tx } from './database.ts';

export type NewEndpoint = {
  id: string;
  workspaceId: string;
  url: string;
  eventTypes: readonly ChosenType[];
  /** Sealed under the endpoint's id. */
  secretSealed: Buffer;
};

const insert = {
  name: 'insert_webhook_endpoint',
  text: 'INSERT INTO webhook_endpoints (id, workspace_id, url, event_types, secret_sealed) VALUES ($1, $2, $3, $4, $5)',
};

export async function insertEndpoint(tx: Tx, e: NewEndpoint): Promise<void> {
  await tx.rows(insert, [e.id, e.workspaceId, e.url, e.eventTypes, e.secretSealed]);
}

const lock = { name: 'lock_workspace', text: 'SELECT id FROM workspaces WHERE id = $1 FOR NO KEY UPDATE' };
const count = {
  name: 'count_webhook_endpoints',
  text: "SELECT count(*)::integer AS active FROM webhook_endpoints WHERE workspace_id = $1 AND state = 'active'",
};

/** How many endpoints a workspace has that are not switched off; nobody else adds one until this transaction ends. */
export async function countActiveEndpoints(tx: Tx, workspaceId: string): Promise<number> {
  const [, row] = await Promise.all([tx.rows(lock, [workspaceId]), tx.row<{ active: number }>(count, [workspaceId])]);
  return row?.active ?? 0;
}

export type EndpointRow = {
  id: string;
  url: string;
  event_types: ChosenType[];
  state: 'active' | 'disabled';
  disabled_reason: DisabledReason | null;
  disabled_at: Date | null;
  created_at: Date;
  failing_since: Date | null;
  last_success_at: Date | null;
  waiting: number;
};

const columns = `e.id, e.url, e.event_types, e.state, e.disabled_reason, e.disabled_at, e.created_at, e.failing_since, e.last_success_at,
  (SELECT count(*)::integer FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.next_attempt_at IS NOT NULL) AS waiting`;

const list = {
  name: 'list_webhook_endpoints',
  text: `SELECT ${columns} FROM webhook_endpoints e WHERE e.workspace_id = $1 ORDER BY e.created_at, e.id`,
};

/** The endpoints of a workspace, those that are switched off included, oldest first. */
export function listEndpoints(tx: Tx, workspaceId: string): Promise<EndpointRow[]> {
  return tx.rows<EndpointRow>(list, [workspaceId]);
}

const read = {
  name: 'read_webhook_endpoint',
  text: `SELECT ${columns} FROM webhook_endpoints e WHERE e.workspace_id = $1 AND e.id = $2`,
};

export function readEndpoint(tx: Tx, workspaceId: string, id: string): Promise<EndpointRow | undefined> {
  return tx.row<EndpointRow>(read, [workspaceId, id]);
}

const disable = {
  name: 'disable_webhook_endpoint',
  text: `UPDATE webhook_endpoints SET state = 'disabled', disabled_reason = $3, disabled_at = aceite_now()
    WHERE workspace_id = $1 AND id = $2 AND state = 'active' RETURNING id`,
};
const rest = {
  name: 'rest_webhook_deliveries',
  text: `UPDATE webhook_deliveries SET status = 'FAILED', next_attempt_at = NULL, reason = 'endpoint_disabled'
    WHERE workspace_id = $1 AND endpoint_id = $2 AND status = 'PENDING'`,
};

/** Switches an endpoint off, with all that still waits for it; false when it is not active. */
export async function disableEndpoint(
  tx: Tx,
  workspaceId: string,
  id: string,
  reason: DisabledReason,
): Promise<boolean> {
  const row = await tx.row(disable, [workspaceId, id, reason]);
  if (row) await tx.rows(rest, [workspaceId, id]);
  return row !== undefined;
}

const rotate = {
  name: 'rotate_webhook_secret',
  text: `UPDATE webhook_endpoints SET former_secret_sealed = CASE WHEN $4::bigint > 0 THEN secret_sealed END,
      former_until = CASE WHEN $4::bigint > 0 THEN aceite_now() + $4::bigint * interval '1 millisecond' END, secret_sealed = $3
    WHERE workspace_id = $1 AND id = $2 AND state = 'active'
      AND ($4::bigint = 0 OR former_until IS NULL OR former_until <= aceite_now()) RETURNING former_until`,
};

/**
 * Gives an endpoint another secret; the one before signs as well for `overlapMs`. Undefined when there is no active one of this
 * id, or when one before still signs, which another change would silence; a leaked one (`overlapMs` 0) goes at any time.
 */
export async function replaceSecret(
  tx: Tx,
  workspaceId: string,
  { id, secretSealed, overlapMs }: { id: string; secretSealed: Buffer; overlapMs: number },
): Promise<{ former_until: Date | null } | undefined> {
  return tx.row<{ former_until: Date | null }>(rotate, [workspaceId, id, secretSealed, overlapMs]);
}

const succeed = {
  name: 'webhook_endpoint_succeeded',
  text: `UPDATE webhook_endpoints SET failing_since = NULL, last_success_at = aceite_now() WHERE workspace_id = $1 AND id = $2`,
};
const fail = {
  name: 'webhook_endpoint_failed',
  text: `UPDATE webhook_endpoints SET failing_since = coalesce(failing_since, aceite_now())
    WHERE workspace_id = $1 AND id = $2 RETURNING failing_since, aceite_now() AS now`,
};

export async function noteSuccess(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.rows(succeed, [workspaceId, id]);
}

/** Since when the endpoint has answered nothing but failures, this one included. */
export function noteFailure(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<{ failing_since: Date; now: Date } | undefined> {
  return tx.row<{ failing_since: Date; now: Date }>(fail, [workspaceId, id]);
}

/** Weak enough for the rows that an acceptance adds to the endpoint's queue: no signer waits for a webhook. */
const lockOne = {
  name: 'lock_webhook_endpoint',
  text: 'SELECT id FROM webhook_endpoints WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE',
};

/** Whoever writes down what came of an attempt takes the endpoint first: several at once would otherwise wait for each other in a circle. */
export async function lockEndpoint(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.rows(lockOne, [workspaceId, id]);
}
