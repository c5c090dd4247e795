import { readClock } from '#lib/db/clock.ts';
import type { Tx } from '#lib/db/database.ts';
import { recordAllLapsed } from '#lib/db/session-moves.ts';
import { type AnySessionRow, listSessionRows } from '#lib/db/sessions.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import type { SessionStatus } from '#lib/domain/session-state.ts';
import type { StaffSessionList } from '#lib/schema/staff-session.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { openAny } from '../open-session.ts';
import { findBySearch } from './find-by-search.ts';
import { sessionItem } from './session-item.ts';
import { type AddressedSearch, typedSearch } from './typed-search.ts';

const pageRows = 25;

/** One search key of any kind finds at once, without pages. */
export type StaffQuestion = AddressedSearch & {
  status?: SessionStatus | undefined;
  /** Only sessions whose delivery waits for a person or bears an alarm. */
  concern?: '1' | undefined;
  /** Cursors of an earlier answer: the page of older sessions, or of newer ones. One that is none of ours shows the first page. */
  before?: string | undefined;
  after?: string | undefined;
};

export type StaffListResult = { ok: true; list: StaffSessionList } | { ok: false; code: 'forbidden' };

/** What the list of the dashboard shows: the newest sessions of the workspace, page by page, or those that a search key names. */
export async function listStaffSessions(
  ctx: UseCaseContext,
  staff: StaffActor,
  question: StaffQuestion,
): Promise<StaffListResult> {
  if (!mayStaff(staff.role, 'list_sessions')) return { ok: false, code: 'forbidden' };
  const { workspaceId } = staff;
  return ctx.db.transaction<StaffListResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    await recordAllLapsed(tx, workspaceId);
    const q = typedSearch(ctx, staff, question);
    const page =
      q === ''
        ? await readPage(tx, workspaceId, question)
        : { ...pageless, ...(await findBySearch(ctx, tx, workspaceId, { q, status: question.status })) };
    const items = page.rows.map((row) => sessionItem(openAny(ctx, row)));
    const newerCursor = page.hasNewer ? cursorAt(page.rows[0]) : null;
    const olderCursor = page.hasOlder ? cursorAt(page.rows.at(-1)) : null;
    const now = page.rows[0]?.now ?? (await readClock(tx));
    return { ok: true, list: { items, newerCursor, olderCursor, isCut: page.isCut, now: now.toISOString() } };
  });
}

const pageless = { hasNewer: false, hasOlder: false };

type Page = { rows: AnySessionRow[]; hasNewer: boolean; hasOlder: boolean; isCut: boolean };

/** One row more than is shown tells whether there is another page. */
async function readPage(tx: Tx, workspaceId: string, { status, concern, before, after }: StaffQuestion): Promise<Page> {
  const filter = { limit: pageRows + 1, ...(status && { status }), ...(concern && { isOfConcern: true }) };
  const newerThan = after === undefined ? undefined : readCursor(after);
  if (newerThan) {
    const rows = await listSessionRows(tx, workspaceId, { ...filter, after: newerThan });
    // With nothing newer left over, the first page is filled up instead of showing the few that are new.
    if (rows.length > pageRows)
      return { rows: rows.slice(0, pageRows).reverse(), hasNewer: true, hasOlder: true, isCut: false };
  }
  const olderThan = newerThan || before === undefined ? undefined : readCursor(before);
  const rows = await listSessionRows(tx, workspaceId, { ...filter, ...(olderThan && { before: olderThan }) });
  return {
    rows: rows.slice(0, pageRows),
    hasNewer: olderThan !== undefined && rows.length > 0,
    hasOlder: rows.length > pageRows,
    isCut: false,
  };
}

function cursorAt(row: AnySessionRow | undefined): string | null {
  return row ? writeCursor({ createdAt: row.created_at, id: row.id }) : null;
}
