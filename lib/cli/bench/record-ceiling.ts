import { openDatabase } from '#lib/db/database.ts';
import { acceptOne } from './accept-rate.ts';
import type { BenchPortal } from './bench-portal.ts';
import { type CeilingScript, ceilingScript, type RecordedAcceptance } from './ceiling-script.ts';
import { debtKeyOf, makeWaitingSessions, sessionIdOf, waitingActs } from './waiting-sessions.ts';
import { recordWire } from './wire-recording.ts';

/** Numbers that no round uses. The first acceptance on a connection also asks, once per process, which roles there are. */
const numbers = [-1, -2, -3];

/** Listens to acceptances on a connection of their own and makes of them the script that pgbench runs: the ceiling cannot drift. */
export async function recordCeiling(portal: BenchPortal, url: string): Promise<CeilingScript> {
  const [, one, other] = await recordAcceptances(portal, url);
  if (!one || !other) throw new Error('no acceptance was recorded');
  return ceilingScript(one, other);
}

async function recordAcceptances(portal: BenchPortal, url: string): Promise<RecordedAcceptance[]> {
  await makeWaitingSessions(portal, numbers);
  const acts = await waitingActs(portal, numbers);
  const db = openDatabase({ url, connectionsMax: 1, onIdleError: () => undefined });
  const recording = recordWire(db.pool);
  const recorded: RecordedAcceptance[] = [];
  for (const [index, act] of acts.entries()) {
    await acceptOne({ ...portal.ctx, db }, act);
    const number = numbers[index] ?? 0;
    recorded.push({ sessionId: sessionIdOf(number), debtKey: debtKeyOf(number), trips: recording.take() });
  }
  await db.end();
  return recorded;
}
