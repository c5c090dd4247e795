import type { Dossier } from './dossier.ts';
import { type Finding, tampered } from './verdict.ts';

/** How far the portal's clock may be ahead of those of strangers. */
const clocksApartMs = 5 * 60_000;

/** Nobody outside can have seen the checkpoint before an event happened that stands in its tree: the portal's own times end there. */
export function checkEventTimes({ events, files }: Dossier, seenAtMs: readonly number[], byWhom: string): Finding[] {
  const limitMs = Math.min(...seenAtMs) + clocksApartMs;
  return events.flatMap(({ occurredAt }, index) => {
    const isProved = files.has(`proofs/${index + 1}.tlog-proof`);
    const isLate = isProved && Date.parse(occurredAt) > limitMs;
    return isLate ? [tampered(`event ${index + 1} is later than the checkpoint that ${byWhom} saw`)] : [];
  });
}
