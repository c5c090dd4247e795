import { newestTimeStamp } from '#lib/db/log-time-stamps.ts';
import { verifyTimeStamp } from '#lib/evidence/verify/time-stamp/verify.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { UseCaseContext } from '../context.ts';
import { workerScope } from '../no-workspace.ts';

/** A stamp is minutes old where anything happens at all; terms are counted in months and years. */
const differenceMaxMs = 2 * 86_400_000;

/** Why nothing is erased: no stranger has told the time yet, or not the portal's own, or what is kept of it is not theirs. */
export type ClockDoubt = 'no_time_stamp' | 'clock_disagrees' | 'time_stamp_untrue';

type Context = Pick<UseCaseContext, 'db' | 'isSandbox' | 'timeStampAuthorities' | 'timeStampRoots'>;

/**
 * Whether strangers confirm the database's clock: one that was put forward by years makes everything due, and what is erased does not come
 * back when it is put right. Undefined where they do, and where none are set. In the sandbox people move the clock as they like.
 */
export async function doubtOfClock(ctx: Context): Promise<ClockDoubt | undefined> {
  if (ctx.isSandbox || ctx.timeStampAuthorities.length === 0) return undefined;
  const newest = await ctx.db.transaction(workerScope, newestTimeStamp);
  if (!newest) return 'no_time_stamp';
  const { response, note, stamped_at, now } = newest;
  const roots = [...ctx.timeStampRoots];
  const time = roots.length > 0 ? await timeOf(response, sha256(note), roots) : stamped_at;
  if (!time) return 'time_stamp_untrue';
  return Math.abs(now.getTime() - time.getTime()) > differenceMaxMs ? 'clock_disagrees' : undefined;
}

/** The row may say any time; the authority signed its own. */
async function timeOf(response: Uint8Array, digest: Uint8Array, roots: string[]): Promise<Date | undefined> {
  const stamp = await verifyTimeStamp({ response, digest, roots });
  return stamp.ok ? stamp.time : undefined;
}
