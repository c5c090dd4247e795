import { randomUUID } from 'node:crypto';
import type { StaffActor, UseCaseContext } from '#lib/usecases/context.ts';
import { createStaffKey, listStaffKeys, revokeStaffKey, rotateStaffKey } from '#lib/usecases/staff/manage-keys.ts';

type Place = { ctx: UseCaseContext; staff: StaffActor; apiKeyId: string };

/** What staff of another workspace may not do to one key of ours, and what they are told. */
export function strangersAtKeys(place: () => Place): Record<string, { by: () => unknown; answer: unknown }> {
  const asking = (ask: (ctx: UseCaseContext, staff: StaffActor, apiKeyId: string) => unknown) => () => {
    const { ctx, staff, apiKeyId } = place();
    return ask(ctx, staff, apiKeyId);
  };
  const notFound = { ok: false, code: 'api_key_not_found' };
  return {
    listStaffKeys: {
      by: asking(async (ctx, staff, id) => JSON.stringify(await listStaffKeys(ctx, staff)).includes(id)),
      answer: false,
    },
    createStaffKey: {
      by: asking((ctx, staff, keyId) => {
        const form = { keyId, name: 'x', 'sessions-read': 'yes' };
        return createStaffKey(ctx, staff, new Map(Object.entries(form)));
      }),
      answer: { ok: false, code: 'already_made' },
    },
    rotateStaffKey: {
      by: asking((ctx, staff, apiKeyId) => {
        const form = { keyId: randomUUID(), apiKeyId, overlapHours: '0' };
        return rotateStaffKey(ctx, staff, new Map(Object.entries(form)));
      }),
      answer: notFound,
    },
    revokeStaffKey: { by: asking((ctx, staff, id) => revokeStaffKey(ctx, staff, id, 'por engano')), answer: notFound },
  };
}
