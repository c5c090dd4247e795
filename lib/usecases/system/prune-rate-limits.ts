import { pruneRateLimits as pruneRows } from '#lib/db/rate-limits.ts';
import type { UseCaseContext } from '../context.ts';

/** Small batches: nobody who comes back at this moment waits for long. */
const batch = 1_000;

/** Forgets buckets that are full again; true when there may be more. */
export async function pruneRateLimits(ctx: Pick<UseCaseContext, 'db'>): Promise<boolean> {
  return (await pruneRows(ctx.db, batch)) === batch;
}
