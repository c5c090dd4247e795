import { resendOneWebhook, resendWebhookRange, type WebhookRange } from '#lib/db/webhook-deliveries.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import type { UseCaseContext } from '../../context.ts';
import { changeActive, type EndpointRefusal } from './change-endpoint.ts';

type Context = Pick<UseCaseContext, 'db'>;

export type ResendResult = { ok: true } | EndpointRefusal | { ok: false; code: 'message_not_found' };

/** Sends one message again, the same bytes under the same id; refused while an attempt at it is under way. */
export function resendWebhook(
  ctx: Context,
  workspaceId: string,
  { endpointId, eventId }: { endpointId: string; eventId: string },
): Promise<ResendResult> {
  return changeActive<ResendResult>(ctx, workspaceId, endpointId, async (tx) => {
    const isQueued = isUuid(eventId) && (await resendOneWebhook(tx, { workspaceId, endpointId, eventId }));
    return isQueued ? { ok: true } : { ok: false, code: 'message_not_found' };
  });
}

/** Sends again what happened in a time, by how it stands; answers how many. */
export function resendWebhooks(
  ctx: Context,
  workspaceId: string,
  endpointId: string,
  range: WebhookRange,
): Promise<{ ok: true; count: number } | EndpointRefusal> {
  return changeActive<{ ok: true; count: number }>(ctx, workspaceId, endpointId, async (tx) => ({
    ok: true,
    count: await resendWebhookRange(tx, workspaceId, endpointId, range),
  }));
}
