import type { Logger } from 'pino';
import { isDatabaseAway } from '#lib/http/faults.ts';

/** While the database is away each of a worker's loops fails every two seconds; a person needs to hear of it so often. */
const remindEveryMs = 60_000;

export type StepReporter = {
  failed(loop: object, error: unknown): void;
  /** A step came to its end, with something to do or without. */
  worked(loop: object): void;
};

/**
 * Tells the log what the loops of a worker meet. That the database is away is told once for all of them, then every minute, and when all have found it
 * again; every other fault is told each time. `nowMs` counts milliseconds from anywhere.
 */
export function stepReporter(log: Pick<Logger, 'info' | 'error'>, nowMs = () => performance.now()): StepReporter {
  const waiting = new Set<object>();
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    failed(loop, error) {
      if (!isDatabaseAway(error)) {
        log.error({ error }, 'a step of the worker failed');
        return;
      }
      const isNew = waiting.size === 0;
      waiting.add(loop);
      if (!isNew && nowMs() - toldAt < remindEveryMs) return;
      toldAt = nowMs();
      log.error({ error }, 'the database is away: nothing is lost, and the worker goes on by itself when it is back');
    },
    worked(loop) {
      if (waiting.delete(loop) && waiting.size === 0) log.info('the database is back: the worker goes on');
    },
  };
}
