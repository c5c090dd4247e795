import type { RateLimitName } from '#lib/domain/rate-limits.ts';
import { processWide } from './process-wide.ts';

const counts = processWide('rate-limits', () => ({
  refused: new Map<RateLimitName, number>(),
  undecided: new Map<RateLimitName, number>(),
}));

/** `refused`: a bucket was empty. `undecided`: nobody could say, and the request went on. */
export type LimitOutcome = keyof typeof counts;

export function countLimit(outcome: LimitOutcome, name: RateLimitName): void {
  counts[outcome].set(name, (counts[outcome].get(name) ?? 0) + 1);
}

/** How often since the process began, by limit. */
export function limitCounts(outcome: LimitOutcome): [name: RateLimitName, count: number][] {
  return [...counts[outcome]].sort(([a], [b]) => (a < b ? -1 : 1));
}
