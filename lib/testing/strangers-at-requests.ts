import type { StaffActor, UseCaseContext } from '#lib/usecases/context.ts';
import { listRequests } from '#lib/usecases/staff/list-requests.ts';
import { readRequest } from '#lib/usecases/staff/read-request.ts';

type Place = { ctx: UseCaseContext; staff: StaffActor };
type Target = { id: string };

/** What staff of another workspace find of the request by which a merchant read a session: it is called `req_` and the session's id. */
export function strangersAtRequests(
  place: () => Place,
): Record<string, { by: (target: Target) => unknown; answer: unknown }> {
  return {
    listRequests: {
      by: async ({ id }) => {
        const { ctx, staff } = place();
        const lists = [{}, { requestId: `req_${id}` }].map((query) => listRequests(ctx, staff, query));
        return JSON.stringify(await Promise.all(lists)).includes(id);
      },
      answer: false,
    },
    readRequest: {
      by: ({ id }) => readRequest(place().ctx, place().staff, `req_${id}`),
      answer: { ok: false, code: 'request_not_found' },
    },
  };
}
