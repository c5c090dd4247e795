import type { StaffActor, UseCaseContext } from '#lib/usecases/context.ts';
import { changeStaffWebhook, createStaffWebhook } from '#lib/usecases/staff/change-webhook.ts';
import { listStaffWebhooks, readStaffWebhook } from '#lib/usecases/staff/read-webhooks.ts';

type Place = { ctx: UseCaseContext; staff: StaffActor };
type Target = { id: string };

const noEndpoint = { ok: false, code: 'endpoint_not_found' };

/** Of webhooks nothing is found by a session's id, and nothing of the strangers' own leads to it. */
export function strangersAtWebhooks(
  place: () => Place,
): Record<string, { by: (target: Target) => unknown; answer: unknown }> {
  const asking =
    (ask: (ctx: UseCaseContext, staff: StaffActor, id: string) => unknown) =>
    ({ id }: Target) => {
      const { ctx, staff } = place();
      return ask(ctx, staff, id);
    };
  return {
    listStaffWebhooks: {
      by: asking((ctx, staff) => listStaffWebhooks(ctx, staff)),
      answer: { ok: true, endpoints: [] },
    },
    readStaffWebhook: { by: asking(readStaffWebhook), answer: noEndpoint },
    createStaffWebhook: {
      by: asking((ctx, staff) => createStaffWebhook(ctx, staff, { url: 'http://loja.example/', eventTypes: ['*'] })),
      answer: { ok: false, code: 'webhook_url_scheme' },
    },
    changeStaffWebhook: {
      by: asking((ctx, staff, id) => changeStaffWebhook(ctx, staff, { act: 'resend', endpointId: id, eventId: id })),
      answer: noEndpoint,
    },
  };
}
