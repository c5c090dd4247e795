import { type ApiRequestRow, listApiRequests } from '#lib/db/api-requests.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { RequestQuestion, StaffRequestItem, StaffRequestList } from '#lib/schema/staff-request.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';

export type RequestListResult = { ok: true; list: StaffRequestList } | { ok: false; code: 'forbidden' };

const pageRows = 50;
const requestIdCharactersMax = 64;

/** The newest requests of the API in this workspace: facts without a word of what was said, so that a look at them is no access to a person. */
export async function listRequests(
  ctx: UseCaseContext,
  staff: StaffActor,
  { status, requestId, before }: RequestQuestion,
): Promise<RequestListResult> {
  if (!mayStaff(staff.role, 'see_requests')) return { ok: false, code: 'forbidden' };
  const { workspaceId } = staff;
  const filter = {
    statusClass: status,
    requestId: requestId?.slice(0, requestIdCharactersMax).replaceAll('\u0000', '') || undefined,
    before: before !== undefined && /^\d{1,18}$/.test(before) ? before : undefined,
  };
  return ctx.db.transaction<RequestListResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    // One row more than is told says whether there are older ones.
    const rows = await listApiRequests(tx, workspaceId, { ...filter, limit: pageRows + 1 });
    const told = rows.slice(0, pageRows);
    const last = rows.length > pageRows ? told.at(-1) : undefined;
    return {
      ok: true,
      list: { items: told.map((row) => requestItem(ctx, row)), olderCursor: last?.position ?? null },
    };
  });
}

export function requestItem({ isSandbox }: UseCaseContext, row: ApiRequestRow): StaffRequestItem {
  return {
    requestId: row.request_id,
    at: row.answered_at.toISOString(),
    durationMs: row.duration_ms,
    method: row.method,
    path: row.session_id === null ? row.path : row.path.replace('{id}', row.session_id),
    status: row.status,
    // A database knows keys of its own mode only.
    key: `${isSandbox ? 'test' : 'live'}_…${row.last_four}`,
    ...withoutAbsent({ sessionId: row.session_id, code: row.code }),
  };
}
