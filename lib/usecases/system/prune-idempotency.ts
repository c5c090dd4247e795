import { pruneIdempotencyKeys } from '#lib/db/idempotency-keys.ts';
import type { UseCaseContext } from '../context.ts';

/** Small batches: deleting must never hold up a merchant's call. */
const batch = 500;

/** Forgets idempotency keys that are a day old; answers how many went. */
export function pruneIdempotency(ctx: UseCaseContext): Promise<number> {
  return pruneIdempotencyKeys(ctx.db, batch);
}
