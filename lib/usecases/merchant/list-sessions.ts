import { recordAllLapsed } from '#lib/db/session-moves.ts';
import { listSessionRows } from '#lib/db/sessions.ts';
import type { SessionStatus } from '#lib/domain/session-state.ts';
import type { SessionListView } from '#lib/schema/session.ts';
import type { MerchantActor, UseCaseContext } from '../context.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { openAny } from '../open-session.ts';
import { sessionView } from '../session-view.ts';

type Question = {
  status?: SessionStatus | undefined;
  orderId?: string | undefined;
  debtKey?: string | undefined;
  limit: number;
  cursor?: string | undefined;
};
export type ListSessionsResult = { ok: true; list: SessionListView } | { ok: false; code: 'cursor_invalid' };

/** The workspace's sessions, newest first, a page at a time; the cursor is a place in that order, so new sessions shift nothing. */
export async function listSessions(
  ctx: UseCaseContext,
  merchant: MerchantActor,
  question: Question,
): Promise<ListSessionsResult> {
  const before = question.cursor === undefined ? undefined : readCursor(question.cursor);
  if (question.cursor !== undefined && !before) return { ok: false, code: 'cursor_invalid' };
  const { workspaceId } = merchant;
  return ctx.db.transaction<ListSessionsResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    await recordAllLapsed(tx, workspaceId);
    const rows = await listSessionRows(tx, workspaceId, {
      limit: question.limit + 1,
      ...(question.status && { status: question.status }),
      ...(question.orderId !== undefined && { orderId: question.orderId }),
      ...(question.debtKey !== undefined && { debtKey: question.debtKey }),
      ...(before && { before }),
    });
    const shown = rows.slice(0, question.limit);
    const last = rows.length > question.limit ? shown.at(-1) : undefined;
    const items = shown.map((row) => sessionView(ctx, openAny(ctx, row)));
    return {
      ok: true,
      list: { items, nextCursor: last ? writeCursor({ createdAt: last.created_at, id: last.id }) : null },
    };
  });
}
