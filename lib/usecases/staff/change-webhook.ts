import { mayStaff } from '#lib/domain/roles.ts';
import type { NewWebhookInput } from '#lib/schema/new-webhook.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { disableEndpoint, type EndpointRefusal, rotateSecret, sendTest } from '../system/webhooks/change-endpoint.ts';
import { type CreateEndpointResult, createEndpoint } from '../system/webhooks/create-endpoint.ts';
import { type ResendResult, resendWebhook } from '../system/webhooks/resend-webhooks.ts';

type Forbidden = { ok: false; code: 'forbidden' };

/** Staff make an endpoint for the merchant of their workspace. */
export async function createStaffWebhook(
  ctx: UseCaseContext,
  staff: StaffActor,
  input: NewWebhookInput,
): Promise<CreateEndpointResult | Forbidden> {
  if (!mayStaff(staff.role, 'manage_webhooks')) return { ok: false, code: 'forbidden' };
  return createEndpoint(ctx, staff.workspaceId, input);
}

export const webhookActs = ['test', 'rotate', 'disable', 'resend'] as const;
export type WebhookAct = { act: (typeof webhookActs)[number]; endpointId: string; eventId: string };

export type StaffWebhookChange =
  | { ok: true; secret?: string }
  | EndpointRefusal
  | { ok: false; code: 'rotation_running' }
  | Extract<ResendResult, { ok: false }>
  | Forbidden;

/** What staff do with an endpoint that there is; a changed secret comes back once. */
export async function changeStaffWebhook(
  ctx: UseCaseContext,
  staff: StaffActor,
  { act, endpointId, eventId }: WebhookAct,
): Promise<StaffWebhookChange> {
  if (!mayStaff(staff.role, 'manage_webhooks')) return { ok: false, code: 'forbidden' };
  const { workspaceId } = staff;
  switch (act) {
    case 'test':
      return sendTest(ctx, workspaceId, endpointId);
    case 'rotate':
      return rotateSecret(ctx, workspaceId, endpointId);
    case 'disable':
      return disableEndpoint(ctx, workspaceId, endpointId);
    case 'resend':
      return resendWebhook(ctx, workspaceId, { endpointId, eventId });
  }
}
