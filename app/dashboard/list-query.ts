import type { ListQuestion } from '#components/dashboard/list-address.ts';
import { sessionStatuses } from '#lib/domain/session-state.ts';

/** Reads the list's address. A value that means nothing is left out: a bookmark of an older version still opens. */
export function readListQuery(query: Record<string, string | string[] | undefined>): ListQuestion {
  const status = sessionStatuses.find((known) => known === query.status);
  return {
    ...(status && { status }),
    ...(query.concern === '1' && { concern: '1' as const }),
    ...(typeof query.q === 'string' && query.q !== '' && { q: query.q }),
    ...(typeof query.search === 'string' && { search: query.search }),
    ...(typeof query.before === 'string' && { before: query.before }),
    ...(typeof query.after === 'string' && { after: query.after }),
  };
}
