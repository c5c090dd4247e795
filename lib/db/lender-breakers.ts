import { breakerRules } from '#lib/domain/circuit-breaker.ts';
import type { Database } from './database.ts';

/** `closed`: go ahead; `open`: nobody calls; `probe`: this caller alone tries once. */
export type Admission = 'closed' | 'open' | 'probe';

const admit = { name: 'admit_to_lender', text: 'SELECT admit_to_lender($1, $2, $3) AS admission' };

/** Asks whether the lender at this host may be called now. */
export async function admitToLender(db: Database, host: string): Promise<Admission> {
  const { waitMs, probeMs } = breakerRules;
  const [row] = await db.door<{ admission: Admission }>(admit, [host, waitMs, probeMs]);
  return row?.admission ?? 'open';
}

const note = { name: 'note_lender_calls', text: 'SELECT note_lender_calls($1, $2, $3, $4, $5)' };

/** Tells all workers how calls to this host ended, oldest first: true for each that failed. A probe without a call gives its turn back. */
export async function noteLenderCalls(
  db: Database,
  { host, failed, isProbe }: { host: string; failed: readonly boolean[]; isProbe: boolean },
): Promise<void> {
  await db.door(note, [host, failed, isProbe, breakerRules.windowCalls, breakerRules.failuresMax]);
}
