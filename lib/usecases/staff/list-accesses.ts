import { type AccessPlace, type AccessRow, listAccessRows } from '#lib/db/accesses.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { AccessItem, AccessList } from '#lib/schema/access-list.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { findAnySession } from '../find-session.ts';

/** At the command line nobody has a browser. */
type ReadingStaff = Pick<StaffActor, 'role' | 'workspaceId'>;

export type AccessQuestion = {
  /** Absent means the whole workspace. */
  sessionId?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** Of an earlier answer; one that is none of ours shows the first page. */
  cursor?: string | undefined;
  limit?: number;
};

export type AccessListResult =
  | { ok: true; list: AccessList }
  | { ok: false; code: 'forbidden' | 'signing_session_not_found' };

const pageRows = 25;

/** The inventory of accesses (Decreto 8.771/2016, art. 13), newest first: who was shown or given what of a session, or of all of them. */
export async function listAccesses(
  ctx: UseCaseContext,
  staff: ReadingStaff,
  { sessionId, cursor, from, to, limit = pageRows }: AccessQuestion,
): Promise<AccessListResult> {
  if (!mayStaff(staff.role, 'see_accesses')) return { ok: false, code: 'forbidden' };
  const { workspaceId } = staff;
  return ctx.db.transaction<AccessListResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    if (sessionId !== undefined && !(await findAnySession(ctx, tx, workspaceId, sessionId)))
      return { ok: false, code: 'signing_session_not_found' };
    const before = cursor === undefined ? undefined : readPlace(cursor);
    // One row more than is told says whether there are others.
    const rows = await listAccessRows(tx, workspaceId, { sessionId, from, to, before, limit: limit + 1 });
    const told = rows.slice(0, limit);
    const last = rows.length > limit ? told.at(-1) : undefined;
    const items = told.map((row) => accessItem(ctx, workspaceId, row));
    return { ok: true, list: { items, nextCursor: last ? writePlace(last) : null } };
  });
}

function accessItem({ keys }: UseCaseContext, workspaceId: string, row: AccessRow): AccessItem {
  const { wrapping_key_id: wrappingKeyId, wrapped_key: wrappedKey, reason_sealed: reason, session_id: sessionId } = row;
  // Without its key the session was erased, and with it what was said of somebody.
  const vault =
    reason && wrappingKeyId !== null && wrappedKey
      ? keys.sessionVault({ workspaceId, sessionId }, { wrappingKeyId, wrappedKey })
      : undefined;
  return {
    at: row.at.toISOString(),
    signingSessionId: sessionId,
    by: row.actor,
    what: row.what,
    count: row.count,
    lastAt: row.last_at.toISOString(),
    ...withoutAbsent({ userId: row.user_id, name: row.name, role: row.role, requestId: row.request_id }),
    ...withoutAbsent({ apiKeyId: row.api_key_id, keyName: row.key_name }),
    ...(vault && reason && { reason: vault.open('access_reason', reason).toString('utf8') }),
  };
}

const placeShape = /^(\d{1,15})\.(staff|file)\.(\d{1,18})$/;

function writePlace({ at, source, position }: AccessPlace): string {
  return Buffer.from(`${at.getTime()}.${source}.${position}`).toString('base64url');
}

function readPlace(cursor: string): AccessPlace | undefined {
  const [, time, source, position] = placeShape.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (time === undefined || position === undefined || (source !== 'staff' && source !== 'file')) return undefined;
  return { at: new Date(Number(time)), source, position };
}
