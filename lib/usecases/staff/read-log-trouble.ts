import { type LogRefusalCode, readLogStanding } from '#lib/db/log-standing.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';

/** An event is signed within five minutes even on a bad day; after twice as long somebody must look. */
const mergeDelayMaxSeconds = 10 * 60;

/** The log is signed too late, or its signer refuses to go on. */
export type LogTrouble = { code: 'late'; minutes: number } | { code: LogRefusalCode; since: string };

/** `trouble` is undefined while the log is signed as it should be. */
export type LogTroubleResult = { ok: true; trouble: LogTrouble | undefined } | { ok: false; code: 'forbidden' };

/** What staff must know of the public log, which is that of the whole installation and names nobody. */
export async function readLogTrouble(ctx: UseCaseContext, staff: StaffActor): Promise<LogTroubleResult> {
  const { role, workspaceId } = staff;
  if (!mayStaff(role, 'list_sessions')) return { ok: false, code: 'forbidden' };
  return ctx.db.transaction<LogTroubleResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const { refusal, refused_at, unsigned_seconds } = await readLogStanding(tx);
    if (refusal && refused_at) return { ok: true, trouble: { code: refusal, since: refused_at.toISOString() } };
    const delay = unsigned_seconds ?? 0;
    const isLate = delay > mergeDelayMaxSeconds;
    return { ok: true, trouble: isLate ? { code: 'late', minutes: Math.floor(delay / 60) } : undefined };
  });
}
