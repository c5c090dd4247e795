import { canVisit, signerPages } from '#lib/domain/journey.ts';
import { sessionStatuses } from '#lib/domain/session-state.ts';

/** Each page that the table of the journey shows in each status, as `STATUS page`. */
export const signerPageStates: readonly string[] = sessionStatuses.flatMap((status) =>
  signerPages.filter((page) => canVisit(page, { status, detailsComplete: true })).map((page) => `${status} ${page}`),
);
