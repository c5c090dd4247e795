import { readApiRequest, type WholeApiRequestRow } from '#lib/db/api-requests.ts';
import { insertShownSessions } from '#lib/db/staff-accesses.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import { type KeptExchange, keptExchange, type StaffRequest } from '#lib/schema/staff-request.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { requestItem } from './list-requests.ts';

export type RequestResult =
  | { ok: true; request: StaffRequest }
  | { ok: false; code: 'forbidden' | 'request_not_found' };

/**
 * One request of the API with its answer. In sandbox mode both bodies are there, and with them what they say of people: as production wants it
 * of every page that shows somebody, that staff looked is written first, for each session of which the bodies tell. A request that made or
 * named no session has none to write it at, and in production there is nothing of a person to be seen.
 */
export async function readRequest(ctx: UseCaseContext, staff: StaffActor, requestId: string): Promise<RequestResult> {
  if (!mayStaff(staff.role, 'see_requests')) return { ok: false, code: 'forbidden' };
  if (!/^[\w-]{1,64}$/.test(requestId)) return { ok: false, code: 'request_not_found' };
  const { workspaceId, userId, request } = staff;
  return ctx.db.transaction<RequestResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await readApiRequest(tx, workspaceId, requestId);
    if (!row) return { ok: false, code: 'request_not_found' };
    const exchange = openExchange(ctx, workspaceId, row);
    if (exchange) {
      const shown = [...new Set([...exchange.shows, ...(row.session_id === null ? [] : [row.session_id])])];
      await insertShownSessions(tx, { workspaceId, userId, requestId: request.requestId }, shown);
    }
    return { ok: true, request: wholeRequest(ctx, row, exchange) };
  });
}

function wholeRequest(ctx: UseCaseContext, row: WholeApiRequestRow, exchange: KeptExchange | undefined): StaffRequest {
  return {
    ...requestItem(ctx, row),
    keyName: row.key_name,
    hasIdempotencyKey: row.has_idempotency_key,
    faults: row.faults,
    ...withoutAbsent({ contentType: row.content_type, userAgent: row.user_agent, exchange }),
  };
}

/** Undefined in production, which shows no bodies even of a row that has them, and where the wrapping key of that time is gone. */
function openExchange(
  { keys, isSandbox }: UseCaseContext,
  workspaceId: string,
  { request_id: requestId, exchange_sealed: sealed }: WholeApiRequestRow,
): KeptExchange | undefined {
  if (!isSandbox || !sealed) return undefined;
  try {
    return keptExchange.parse(JSON.parse(keys.openExchange(workspaceId, requestId, sealed).toString('utf8')));
  } catch {
    return undefined;
  }
}
