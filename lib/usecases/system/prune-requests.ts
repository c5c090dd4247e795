import { pruneApiRequests } from '#lib/db/api-requests.ts';
import type { UseCaseContext } from '../context.ts';

/** More than the API answers between two sweeps on a busy day, and few enough to be gone at once. */
const batch = 5_000;

/** Forgets requests of the API that are a week old or behind the newest thousand of their workspace; answers how many went. */
export function pruneRequests(ctx: Pick<UseCaseContext, 'db'>): Promise<number> {
  return pruneApiRequests(ctx.db, batch);
}
