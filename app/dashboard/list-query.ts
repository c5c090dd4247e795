import { type SessionStatus, sessionStatuses } from '#lib/domain/session-state.ts';

/** Longer than any key that anybody searches by. */
const searchCharactersMax = 200;

type Query = Record<string, string | string[] | undefined>;
export type ListQuestion = { status?: SessionStatus; q?: string; cursor?: string };

/** Reads the list's address. A value that means nothing is left out: a bookmark of an older version still opens. */
export function readListQuery(query: Query): ListQuestion {
  const status = sessionStatuses.find((known) => known === query.status);
  const q = typeof query.q === 'string' ? query.q.trim().slice(0, searchCharactersMax) : '';
  return {
    ...(status && { status }),
    ...(q !== '' && { q }),
    ...(typeof query.cursor === 'string' && { cursor: query.cursor }),
  };
}
