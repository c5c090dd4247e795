import type { Tx } from '#lib/db/database.ts';
import { recordAllLapsed } from '#lib/db/session-moves.ts';
import { searchSessions } from '#lib/db/session-search.ts';
import { listSessionRows, readSessionRows, type SessionRow } from '#lib/db/sessions.ts';
import { parseIdentity } from '#lib/domain/identity.ts';
import { parseReceiptCode } from '#lib/domain/receipt-code.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import type { SessionStatus } from '#lib/domain/session-state.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { type ListPlace, readCursor, writeCursor } from '../cursor.ts';
import { openSession } from '../open-session.ts';
import { type StaffSessionItem, sessionItem } from './session-item.ts';

const pageRows = 25;
/** A search that finds more is too vague to be read; the newest are shown. */
const foundMax = 50;
const sessionIdShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type StaffQuestion = { status?: SessionStatus | undefined; q?: string | undefined; cursor?: string | undefined };
export type StaffList =
  | { ok: true; items: StaffSessionItem[]; olderCursor: string | null }
  | { ok: false; code: 'forbidden' };

/**
 * What the list of the dashboard shows: the newest sessions, or those that one search key names (session id, order id, debt key, receipt
 * code, CPF or CNPJ in any punctuation). A cursor that is none of ours shows the first page.
 */
export async function listStaffSessions(
  ctx: UseCaseContext,
  staff: StaffActor,
  question: StaffQuestion,
): Promise<StaffList> {
  if (!mayStaff(staff.role, 'list_sessions')) return { ok: false, code: 'forbidden' };
  const { workspaceId } = staff;
  return ctx.db.transaction<StaffList>({ role: 'aceite_app', workspaceId }, async (tx) => {
    await recordAllLapsed(tx, workspaceId);
    const q = question.q?.trim() ?? '';
    const rows = q === '' ? await page(tx, workspaceId, question) : await found(ctx, tx, workspaceId, q);
    const shown =
      q === '' ? rows.slice(0, pageRows) : rows.filter((row) => !question.status || row.status === question.status);
    const last = q === '' && rows.length > pageRows ? shown.at(-1) : undefined;
    return {
      ok: true,
      items: shown.map((row) => sessionItem(openSession(ctx, row))),
      olderCursor: last ? writeCursor(placeOf(last)) : null,
    };
  });
}

function page(tx: Tx, workspaceId: string, { status, cursor }: StaffQuestion): Promise<SessionRow[]> {
  const before = cursor === undefined ? undefined : readCursor(cursor);
  return listSessionRows(tx, workspaceId, {
    limit: pageRows + 1,
    ...(status && { status }),
    ...(before && { before }),
  });
}

async function found(ctx: UseCaseContext, tx: Tx, workspaceId: string, q: string): Promise<SessionRow[]> {
  const identity = parseIdentity(q);
  const code = parseReceiptCode(q);
  const keys = {
    sessionId: sessionIdShape.test(q.toLowerCase()) ? q.toLowerCase() : null,
    text: q,
    receiptCode: code.ok ? code.value : null,
    identityDigest: identity.ok ? ctx.keys.blindIndex(workspaceId, 'identity', identity.value.value) : null,
  };
  return readSessionRows(tx, workspaceId, await searchSessions(tx, workspaceId, keys, foundMax));
}

function placeOf(row: SessionRow): ListPlace {
  return { createdAt: row.created_at, id: row.id };
}
