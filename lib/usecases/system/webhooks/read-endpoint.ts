import {
  listWebhookAttempts,
  listWebhookDeliveries,
  type WebhookAttemptRow,
  type WebhookDeliveryRow,
} from '#lib/db/webhook-attempts.ts';
import { readEndpoint as readRow } from '#lib/db/webhook-endpoints.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { endpointStanding } from '#lib/domain/webhook-standing.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { StaffEndpoint, StaffMessage } from '#lib/schema/staff-webhook.ts';
import type { UseCaseContext } from '../../context.ts';
import { type EndpointView, endpointView } from './list-endpoints.ts';

/** The newest messages of an endpoint that are shown. */
const shownMessages = 50;

export type ReadEndpointResult =
  | { ok: true; endpoint: StaffEndpoint; messages: StaffMessage[] }
  | { ok: false; code: 'endpoint_not_found' };

/** One endpoint of a workspace, its newest messages, newest first, and what came of each attempt at them. */
export async function readEndpoint(
  { db }: Pick<UseCaseContext, 'db'>,
  workspaceId: string,
  endpointId: string,
): Promise<ReadEndpointResult> {
  if (!isUuid(endpointId)) return { ok: false, code: 'endpoint_not_found' };
  return db.transaction<ReadEndpointResult>({ role: 'aceite_app', workspaceId, isSnapshot: true }, async (tx) => {
    const row = await readRow(tx, workspaceId, endpointId);
    if (!row) return { ok: false, code: 'endpoint_not_found' };
    const deliveries = await listWebhookDeliveries(tx, workspaceId, endpointId, shownMessages);
    const eventIds = deliveries.map(({ event_id }) => event_id);
    const attempts = await listWebhookAttempts(tx, { workspaceId, endpointId, eventIds });
    const messages = deliveries.map((delivery) => staffMessage(delivery, attempts));
    return { ok: true, endpoint: staffEndpoint(endpointView(row)), messages };
  });
}

export function staffEndpoint(view: EndpointView): StaffEndpoint {
  const { endpointId, url, eventTypes, waiting } = view;
  const { state, since } = endpointStanding(view);
  return { endpointId, url, eventTypes, waiting, state, since: since.toISOString() };
}

function staffMessage(row: WebhookDeliveryRow, attempts: readonly WebhookAttemptRow[]): StaffMessage {
  return {
    eventId: row.event_id,
    type: row.type,
    occurredAt: row.occurred_at.toISOString(),
    status: row.status,
    ...withoutAbsent({ sessionId: row.session_id, nextAttemptAt: row.next_attempt_at?.toISOString() }),
    attempts: attempts
      .filter(({ event_id }) => event_id === row.event_id)
      .map(({ started_at, latency_ms, outcome, reply }) => ({
        at: started_at.toISOString(),
        latencyMs: latency_ms,
        outcome,
        ...withoutAbsent({ reply }),
      })),
  };
}
