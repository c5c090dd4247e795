import { type EndpointRow, listEndpoints as listRows } from '#lib/db/webhook-endpoints.ts';
import type { EndpointLife } from '#lib/domain/webhook-standing.ts';
import type { ChosenType } from '#lib/domain/webhook-type.ts';
import type { UseCaseContext } from '../../context.ts';

/** What is known of an endpoint; never its secret. */
export type EndpointView = EndpointLife & {
  endpointId: string;
  url: string;
  eventTypes: ChosenType[];
  state: 'active' | 'disabled';
  /** How many messages still wait for it. */
  waiting: number;
  lastSuccessAt?: Date;
};

/** The endpoints of a workspace, those that are switched off included, oldest first. */
export async function listEndpoints({ db }: Pick<UseCaseContext, 'db'>, workspaceId: string): Promise<EndpointView[]> {
  const rows = await db.transaction({ role: 'aceite_app', workspaceId }, (tx) => listRows(tx, workspaceId));
  return rows.map(endpointView);
}

export function endpointView(row: EndpointRow): EndpointView {
  return {
    endpointId: row.id,
    url: row.url,
    eventTypes: row.event_types,
    state: row.state,
    waiting: row.waiting,
    createdAt: row.created_at,
    ...(row.last_success_at && { lastSuccessAt: row.last_success_at }),
    ...(row.failing_since && { failingSince: row.failing_since }),
    ...(row.disabled_at && { disabledAt: row.disabled_at }),
    ...(row.disabled_reason && { disabledReason: row.disabled_reason }),
  };
}
