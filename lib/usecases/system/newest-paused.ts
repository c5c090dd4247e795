import { readNewestPaused } from '#lib/db/newest-paused.ts';
import { findWorkspaceIds } from '#lib/db/workspaces.ts';
import type { UseCaseContext } from '../context.ts';

export type NewestPaused = { sessionId: string; lenderCode?: string };

/** The delivery that was paused last, of all workspaces, and what the lender called it: where whoever mends it begins to look. */
export async function newestPaused({ db }: Pick<UseCaseContext, 'db'>): Promise<NewestPaused | undefined> {
  const rows = await Promise.all(
    (await findWorkspaceIds(db)).map((workspaceId) =>
      db.transaction({ role: 'aceite_app', workspaceId }, (tx) => readNewestPaused(tx, workspaceId)),
    ),
  );
  const timeOf = (row: (typeof rows)[number]) => row?.last_attempt_at?.getTime() ?? 0;
  const [newest] = rows.filter((row) => row !== undefined).toSorted((a, b) => timeOf(b) - timeOf(a));
  if (!newest) return undefined;
  return { sessionId: newest.session_id, ...(newest.lender_code !== null && { lenderCode: newest.lender_code }) };
}
