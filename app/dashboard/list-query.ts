import type { ListQuestion } from '#components/dashboard/list-address.ts';
import { sessionStatuses } from '#lib/domain/session-state.ts';

/** Longer than any key that anybody searches by. */
const searchCharactersMax = 200;

/** Reads the list's address. A value that means nothing is left out: a bookmark of an older version still opens. */
export function readListQuery(query: Record<string, string | string[] | undefined>): ListQuestion {
  const status = sessionStatuses.find((known) => known === query.status);
  const q = typeof query.q === 'string' ? query.q.trim().slice(0, searchCharactersMax) : '';
  return {
    ...(status && { status }),
    ...(q !== '' && { q }),
    ...(typeof query.before === 'string' && { before: query.before }),
    ...(typeof query.after === 'string' && { after: query.after }),
  };
}
