import type { SessionStatus } from '#lib/domain/session-state.ts';
import { paths } from '#lib/paths.ts';

/** What the list shows, all of it in the address: a link reproduces the view. What somebody typed is sealed in `search`. */
export type ListQuestion = {
  status?: SessionStatus | undefined;
  concern?: '1' | undefined;
  q?: string | undefined;
  search?: string | undefined;
  before?: string | undefined;
  after?: string | undefined;
};

/** The page that shows the list so. */
export function listAddress(question: ListQuestion): string {
  return paths.dashboardSessions() + queryOf(question);
}

/** The data of the same list, for a page that is open. */
export function listDataAddress(question: ListQuestion): string {
  return paths.dashboardData('sessions') + queryOf(question);
}

function queryOf(question: ListQuestion): string {
  const given = Object.entries(question).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
