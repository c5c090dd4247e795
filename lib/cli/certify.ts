import type { UseCaseContext } from '#lib/usecases/context.ts';
import { makeCertificates } from '#lib/usecases/evidence/make-certificate.ts';

/** So that certificates go on, slowly, where signatures never stop coming. */
const besideDeliveriesEveryMs = 10_000;
const claimsAtOnce = 10;

/**
 * What a worker does for certificates; true when it may go on at once. Making one keeps this process from everything else for most of a hundred
 * milliseconds, and nobody waits for it: while signatures are on their way to the lender one is made now and then, and otherwise all there are.
 * `clock` counts milliseconds.
 */
export function certifier(
  ctx: UseCaseContext,
  isDelivering: () => boolean,
  clock: () => number = () => performance.now(),
): () => Promise<boolean> {
  let lastAt = clock();
  return async () => {
    if (!isDelivering()) return (await makeCertificates(ctx)) > 0;
    if (clock() - lastAt < besideDeliveriesEveryMs) return false;
    lastAt = clock();
    // Not every claim makes one: the proof of some is not whole yet.
    for (let claims = 0; claims < claimsAtOnce; claims += 1) if ((await makeCertificates(ctx, 1)) > 0) break;
    return false;
  };
}
