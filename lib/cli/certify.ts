import type { UseCaseContext } from '#lib/usecases/context.ts';
import { makeCertificates, makeNextCertificate } from '#lib/usecases/evidence/make-certificate.ts';

/** So that certificates go on, slowly, where signatures never stop coming. */
const besideDeliveriesEveryMs = 10_000;

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
    await makeNextCertificate(ctx);
    return false;
  };
}
