import { processWide } from './process-wide.ts';

/** The recorder is wired by instrumentation, the figures are told by a route: two module graphs. */
const count = processWide('lost-records', () => ({ lost: 0 }));

/** Counts answered requests that could not be kept for the inspector. */
export function countLostRecords(howMany: number): void {
  count.lost += howMany;
}

/** How many since the process began. */
export function lostRecords(): number {
  return count.lost;
}
