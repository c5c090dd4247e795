import type { Logger } from 'pino';
import type { CosigningOutcome } from '#lib/usecases/system/cosign-checkpoints.ts';

/**
 * Tells the log how it goes with the witnesses: what is wrong with one when it begins or changes, and when it is over, but not at every
 * attempt. A witness that has seen another log than ours is an error, since one of the two was rewritten; all else may pass by itself.
 */
export function cosigningReporter(
  log: Pick<Logger, 'info' | 'warn' | 'error'>,
): (outcomes: CosigningOutcome[]) => void {
  const faults = new Map<string, string>();
  return (outcomes) => {
    for (const outcome of outcomes) {
      const { witness } = outcome;
      const fault = outcome.ok ? undefined : `${outcome.code} ${outcome.reason}`;
      if (fault === faults.get(witness)) continue;
      if (outcome.ok) {
        faults.delete(witness);
        log.info({ witness, count: outcome.size }, 'a witness cosigns the log again');
        continue;
      }
      faults.set(witness, `${fault}`);
      const level = ['ahead', 'forked', 'untrue_cosignature'].includes(outcome.code) ? 'error' : 'warn';
      log[level]({ witness, outcome: outcome.code, reason: outcome.reason }, 'a witness does not cosign the log');
    }
  };
}
