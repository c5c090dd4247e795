import { updateWorkspace } from '#lib/db/workspaces.ts';
import type { WorkspaceChanges } from '#lib/schema/workspace-settings.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';
import { type WorkspaceView, workspaceView } from './workspace-view.ts';

export type ChangeWorkspaceResult =
  | { ok: true; workspace: WorkspaceView }
  | { ok: false; code: 'workspace_not_found' | 'workspace_name_taken' };

/** SQLSTATE of a second workspace of the same name. */
const uniqueViolation = '23505';

/** Changes what is given. Sessions that exist keep their language; their pages show the new names at once. */
export async function changeWorkspace(
  ctx: Pick<UseCaseContext, 'db'>,
  workspaceId: string,
  changes: WorkspaceChanges,
): Promise<ChangeWorkspaceResult> {
  try {
    const row = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
      updateWorkspace(tx, workspaceId, changes),
    );
    return row ? { ok: true, workspace: workspaceView(row) } : { ok: false, code: 'workspace_not_found' };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === uniqueViolation)
      return { ok: false, code: 'workspace_name_taken' };
    throw error;
  }
}
