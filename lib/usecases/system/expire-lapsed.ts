import { findLapsedSessions } from '#lib/db/find-session.ts';
import { recordAllLapsed } from '#lib/db/session-moves.ts';
import type { UseCaseContext } from '../context.ts';

const batch = 200;

/** Records what the clock has already decided; readers do not depend on it. Answers how many sessions it recorded. */
export async function expireLapsed(ctx: UseCaseContext): Promise<number> {
  const lapsed = await findLapsedSessions(ctx.db, batch);
  let recorded = 0;
  for (const workspaceId of new Set(lapsed.map((session) => session.workspace_id))) {
    recorded += await ctx.db.transaction({ role: 'aceite_worker', workspaceId }, (tx) =>
      recordAllLapsed(tx, workspaceId),
    );
  }
  return recorded;
}
