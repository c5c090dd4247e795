import { processWide } from './process-wide.ts';

const results = ['kept', 'repeated', 'no_session', 'no_debt', 'refused'] as const;
/** What became of a post of the lender, or of somebody who said to be. */
export type NoticeOutcome = (typeof results)[number];

const counts = processWide('lender-notices', () => new Map<NoticeOutcome, number>());

/** Counts one post at the lender's door. */
export function countNotice(outcome: NoticeOutcome): void {
  counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
}

/** How many posts had which outcome since the process began; none is left out. */
export function noticesByOutcome(): [outcome: NoticeOutcome, count: number][] {
  return results.map((outcome) => [outcome, counts.get(outcome) ?? 0]);
}
