import type { StaffActor, UseCaseContext } from '#lib/usecases/context.ts';
import { openDeliveryCalls, readDeliveryCalls } from '#lib/usecases/staff/delivery-calls.ts';
import { decideReencode, proposeReencode } from '#lib/usecases/staff/reencode-delivery.ts';
import { retryDelivery, sendDeliveryNow } from '#lib/usecases/staff/retry-delivery.ts';
import { formWith } from './reencodes.ts';

type Place = { ctx: UseCaseContext; staff: StaffActor };
type Target = { id: string };

/** What staff of another workspace may not do to one delivery of ours, and what they are told. */
export function strangersAtDeliveries(
  place: () => Place,
): Record<string, { by: (target: Target) => unknown; answer: unknown }> {
  const reason = 'por engano';
  const asking = (ask: (ctx: UseCaseContext, staff: StaffActor, sessionId: string) => unknown) => ({
    by: ({ id }: Target) => {
      const { ctx, staff } = place();
      return ask(ctx, staff, id);
    },
    answer: { ok: false, code: 'signing_session_not_found' },
  });
  return {
    retryDelivery: asking((ctx, staff, id) => retryDelivery(ctx, staff, id, reason)),
    sendDeliveryNow: asking(sendDeliveryNow),
    readDeliveryCalls: asking(readDeliveryCalls),
    openDeliveryCalls: asking((ctx, staff, id) => openDeliveryCalls(ctx, staff, id, reason)),
    proposeReencode: asking((ctx, staff, id) => {
      const typed = { sessionId: id, form: formWith({ type: 'data-signature' }) };
      return proposeReencode(ctx, staff, typed, reason);
    }),
    decideReencode: asking((ctx, staff, id) => {
      const typed = { sessionId: id, reencodeId: id, decision: 'approved' };
      return decideReencode(ctx, staff, typed, reason);
    }),
  };
}
