import { insertWorkspace, readWorkspaceRow, type WorkspaceSettings } from '#lib/db/workspaces.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';
import { newId } from '#lib/usecases/new-id.ts';
import { type WorkspaceView, workspaceView } from './workspace-view.ts';

export type CreateWorkspaceResult =
  | { ok: true; workspace: WorkspaceView }
  | { ok: false; code: 'workspace_name_taken' };

/** Makes a workspace, empty but for its names. Names are unique, so that people can tell workspaces apart. */
export async function createWorkspace(
  ctx: Pick<UseCaseContext, 'db'>,
  settings: WorkspaceSettings,
  at: Date,
): Promise<CreateWorkspaceResult> {
  const workspaceId = newId(at);
  return ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const isNew = await insertWorkspace(tx, workspaceId, settings);
    if (!isNew) return { ok: false, code: 'workspace_name_taken' };
    const row = await readWorkspaceRow(tx, workspaceId);
    if (!row) throw new Error('a workspace that was just made cannot be read');
    return { ok: true, workspace: workspaceView(row) };
  });
}
