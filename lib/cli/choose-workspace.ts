import type { Program } from '#lib/program.ts';
import { listWorkspaces } from '#lib/usecases/system/list-workspaces.ts';
import type { WorkspaceView } from '#lib/usecases/system/workspace-view.ts';
import { CommandFailure, exitCodes } from './command.ts';

/** The workspace with this name or id; without one, the only workspace there is. */
export async function chooseWorkspace(program: Program, wanted: string | undefined): Promise<WorkspaceView> {
  const workspaces = await listWorkspaces(program);
  if (workspaces.length === 0) {
    throw new CommandFailure(
      'There is no workspace yet. Make one: npm run aceite -- workspace create --name "Loja" --lender-legal-name "Credor S.A."',
    );
  }
  const names = workspaces.map(({ name }) => JSON.stringify(name)).join(', ');
  if (wanted === undefined) {
    const [only, ...others] = workspaces;
    if (only && others.length === 0) return only;
    throw new CommandFailure(`Say which workspace with --workspace, by name or id: ${names}.`, exitCodes.usage);
  }
  const found =
    workspaces.find(({ workspaceId }) => workspaceId === wanted.toLowerCase()) ??
    workspaces.find(({ name }) => name === wanted);
  if (found) return found;
  throw new CommandFailure(`There is no workspace ${JSON.stringify(wanted)}. There are: ${names}.`);
}
