import { breakerRules } from '#lib/domain/circuit-breaker.ts';
import type { Database } from './database.ts';

const note = { name: 'note_lender_calls', text: 'SELECT note_lender_calls($1, $2, $3, $4, $5)' };

/** Tells all workers how calls to this host ended, oldest first: true for each that failed. A probe without a call gives its turn back. */
export async function noteLenderCalls(
  db: Database,
  { host, failed, isProbe }: { host: string; failed: readonly boolean[]; isProbe: boolean },
): Promise<void> {
  await db.door(note, [host, failed, isProbe, breakerRules.windowCalls, breakerRules.failuresMax]);
}

const figures = {
  name: 'lender_breaker_figures',
  text: 'SELECT host, is_open, failed_recently FROM lender_breaker_figures()',
};

/** How each host stands: whether it is given a rest, and how many of its newest calls failed. */
export function readBreakers(db: Database): Promise<{ host: string; is_open: boolean; failed_recently: number }[]> {
  return db.door(figures, []);
}
