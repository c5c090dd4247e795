import { listDrillFailures, newestDrill } from '#lib/db/drills.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { logScope } from './grow-log.ts';

/** Figures of the last drill over all workspaces, without any identity; undefined before the first. */
export type DrillFigures = { checked: number; failed: number; ageSeconds: number };

export async function drillFigures({ db }: Pick<UseCaseContext, 'db'>): Promise<DrillFigures | undefined> {
  const drill = await db.transaction({ ...logScope, role: 'aceite_app' }, newestDrill);
  return drill && { checked: drill.checked, failed: drill.failed, ageSeconds: Math.max(0, drill.age_seconds) };
}

/** What staff are told: the figures, and which sessions of their own workspace failed. */
export type LastDrill = { at: string; checked: number; failed: number; failedSessions: string[] };

export async function lastDrill({ db }: UseCaseContext, staff: StaffActor): Promise<LastDrill | undefined> {
  if (!mayStaff(staff.role, 'list_sessions')) return undefined;
  const { workspaceId } = staff;
  return db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const drill = await newestDrill(tx);
    if (!drill) return undefined;
    const failedSessions = drill.failed > 0 ? await listDrillFailures(tx, workspaceId, drill.id) : [];
    return { at: drill.started_at.toISOString(), checked: drill.checked, failed: drill.failed, failedSessions };
  });
}
