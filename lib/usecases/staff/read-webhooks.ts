import { mayStaff } from '#lib/domain/roles.ts';
import type { StaffEndpoint } from '#lib/schema/staff-webhook.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { listEndpoints } from '../system/webhooks/list-endpoints.ts';
import { type ReadEndpointResult, readEndpoint, staffEndpoint } from '../system/webhooks/read-endpoint.ts';

export type StaffWebhooks = { ok: true; endpoints: StaffEndpoint[] } | { ok: false; code: 'forbidden' };

/** Where the merchant of this workspace is told, newest first. */
export async function listStaffWebhooks(ctx: UseCaseContext, staff: StaffActor): Promise<StaffWebhooks> {
  if (!mayStaff(staff.role, 'manage_webhooks')) return { ok: false, code: 'forbidden' };
  const endpoints = await listEndpoints(ctx, staff.workspaceId);
  return { ok: true, endpoints: endpoints.map(staffEndpoint).toReversed() };
}

export type StaffWebhook = ReadEndpointResult | { ok: false; code: 'forbidden' };

/** One endpoint, its newest messages, and what came of each attempt at them. */
export async function readStaffWebhook(
  ctx: UseCaseContext,
  staff: StaffActor,
  endpointId: string,
): Promise<StaffWebhook> {
  if (!mayStaff(staff.role, 'manage_webhooks')) return { ok: false, code: 'forbidden' };
  return readEndpoint(ctx, staff.workspaceId, endpointId);
}
