import { isUuid } from '#lib/domain/uuid.ts';
import type { Program } from '#lib/program.ts';
import { listWorkspaces } from '#lib/usecases/system/list-workspaces.ts';
import { CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { withProgram } from './with-program.ts';

/** The id of the one endpoint that was given. */
export function endpointNamed(positionals: string[]): string {
  const [endpointId = '', ...others] = positionals.map((text) => text.toLowerCase());
  if (isUuid(endpointId) && others.length === 0) return endpointId;
  throw new CommandFailure('Give the id of one endpoint, as "webhook list" shows it.', exitCodes.usage);
}

/** Does `work` in the workspace that has this endpoint; its refusals become sentences. */
export function onEndpoint(
  io: CommandIo,
  endpointId: string,
  work: (program: Program, workspaceId: string) => Promise<{ ok: true } | { ok: false; code: string }>,
): Promise<number> {
  return withProgram(readConfig(), io, async (program) => {
    for (const { workspaceId } of await listWorkspaces(program)) {
      const result = await work(program, workspaceId);
      if (result.ok) return exitCodes.ok;
      if (result.code === 'endpoint_disabled')
        throw new CommandFailure('This endpoint is disabled. Make another one: npm run aceite -- webhook create');
      if (result.code === 'rotation_running')
        throw new CommandFailure(
          'The secret before the present one still signs. Wait for its end, or end it now if it has leaked: --overlap 0',
        );
      if (result.code === 'message_not_found')
        throw new CommandFailure('This endpoint has no such message, or it is being sent at this moment.');
    }
    throw new CommandFailure(`No workspace has an endpoint with the id ${endpointId}.`);
  });
}
