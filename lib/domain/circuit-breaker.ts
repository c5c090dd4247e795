/**
 * When the way to a lender's host is given a rest, for all workers at once (`security-and-reliability` 8.3): half of the newest calls failed.
 * After the wait one worker tries one delivery; its end decides for all.
 */
export const breakerRules = {
  windowCalls: 20,
  failuresMax: 10,
  waitMs: 30_000,
  /** As long as a lease: who had the probe and died has lost it by then. */
  probeMs: 45_000,
} as const;

/** Answers that say that the lender, or what stands before it, cannot keep up; every other answer says that it is there. */
const overloadedStatuses = [408, 425, 429];

/** True for a call that says something against the host: no answer at all, an overload, or a fault of the lender's own. */
export function isHostFailure(httpStatus: number | undefined): boolean {
  return httpStatus === undefined || httpStatus >= 500 || overloadedStatuses.includes(httpStatus);
}
