import { listDrillFailures, newestDrill } from '#lib/db/drills.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';

export type LastDrill = { at: string; checked: number; failed: number; failedSessions: string[] };

/** `drill` is undefined before the first. */
export type LastDrillResult = { ok: true; drill: LastDrill | undefined } | { ok: false; code: 'forbidden' };

/** What staff are told of the last drill: its figures, and which sessions of their own workspace failed. */
export async function readLastDrill(ctx: UseCaseContext, staff: StaffActor): Promise<LastDrillResult> {
  const { role, workspaceId } = staff;
  if (!mayStaff(role, 'list_sessions')) return { ok: false, code: 'forbidden' };
  return ctx.db.transaction<LastDrillResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const drill = await newestDrill(tx);
    if (!drill) return { ok: true, drill: undefined };
    const { id, started_at, checked, failed } = drill;
    const failedSessions = failed > 0 ? await listDrillFailures(tx, workspaceId, id) : [];
    return { ok: true, drill: { at: started_at.toISOString(), checked, failed, failedSessions } };
  });
}
