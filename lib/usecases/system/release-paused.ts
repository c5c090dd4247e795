import { findPausedDeliveries, releasePausedDelivery } from '#lib/db/deliveries.ts';
import type { UseCaseContext } from '../context.ts';

/** Released in one go at a start; what is left waits for the next start. */
const releasedMax = 10_000;

/** Puts paused deliveries back in the queue: a start of the worker means that somebody may have mended the credential. */
export async function releasePaused(ctx: UseCaseContext): Promise<number> {
  const paused = await findPausedDeliveries(ctx.db, releasedMax);
  for (const { workspace_id: workspaceId, session_id } of paused) {
    await ctx.db.transaction({ role: 'aceite_worker', workspaceId }, (tx) =>
      releasePausedDelivery(tx, workspaceId, session_id),
    );
  }
  return paused.length;
}
