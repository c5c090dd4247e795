import { readLogStanding } from '#lib/db/log-standing.ts';
import type { UseCaseContext } from '../context.ts';
import { appScope } from '../no-workspace.ts';

/** Seconds are 0 while nothing waits. `mergeDelaySeconds`: how long the oldest event has waited that no signed checkpoint covers. */
export type LogFigures = { waitingSeconds: number; mergeDelaySeconds: number; hasRefused: boolean };

export async function logFigures({ db }: Pick<UseCaseContext, 'db'>): Promise<LogFigures> {
  const { waiting_seconds, unsigned_seconds, refusal } = await db.transaction(appScope, readLogStanding);
  return {
    waitingSeconds: Math.max(0, waiting_seconds ?? 0),
    mergeDelaySeconds: Math.max(0, unsigned_seconds ?? 0),
    hasRefused: refusal !== null,
  };
}
