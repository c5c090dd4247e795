import { newestDrill } from '#lib/db/drills.ts';
import type { UseCaseContext } from '../context.ts';
import { appScope } from '../no-workspace.ts';

/** Figures of the last drill over all workspaces, without any identity; undefined before the first. */
export type DrillFigures = { checked: number; failed: number; ageSeconds: number };

export async function drillFigures({ db }: Pick<UseCaseContext, 'db'>): Promise<DrillFigures | undefined> {
  const drill = await db.transaction(appScope, newestDrill);
  return drill && { checked: drill.checked, failed: drill.failed, ageSeconds: Math.max(0, drill.age_seconds) };
}
