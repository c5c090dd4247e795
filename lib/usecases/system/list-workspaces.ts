import { findWorkspaceIds, readWorkspaceRow } from '#lib/db/workspaces.ts';
import type { UseCaseContext } from '#lib/usecases/context.ts';
import { type WorkspaceView, workspaceView } from './workspace-view.ts';

/** All workspaces, oldest first. */
export async function listWorkspaces(ctx: Pick<UseCaseContext, 'db'>): Promise<WorkspaceView[]> {
  const ids = await findWorkspaceIds(ctx.db);
  const rows = await Promise.all(
    ids.map((workspaceId) =>
      ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) => readWorkspaceRow(tx, workspaceId)),
    ),
  );
  return rows.flatMap((row) => (row ? [workspaceView(row)] : []));
}
