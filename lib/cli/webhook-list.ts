import { parseArgs } from 'node:util';
import { givenUpAfterDays } from '#lib/domain/webhook-schedule.ts';
import { type EndpointState, endpointStanding } from '#lib/domain/webhook-standing.ts';
import { listWorkspaces } from '#lib/usecases/system/list-workspaces.ts';
import { type EndpointView, listEndpoints } from '#lib/usecases/system/webhooks/list-endpoints.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { columns } from './columns.ts';
import { type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { asJson, sharedOptions } from './shared-options.ts';
import { withProgram } from './with-program.ts';

/** `webhook list`: the endpoints of one workspace, or of all. */
export async function list(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options: sharedOptions });
  return withProgram(readConfig(), io, async (program) => {
    const all = await listWorkspaces(program);
    const workspaces = values.workspace === undefined ? all : [await chooseWorkspace(program, values.workspace)];
    const endpoints = await Promise.all(
      workspaces.map(async ({ workspaceId, name: workspace }) =>
        (await listEndpoints(program, workspaceId)).map((endpoint) => ({ ...endpoint, workspaceId, workspace })),
      ),
    );
    io.out(values.json ? asJson({ items: endpoints.flat() }) : tableOf(endpoints.flat()));
    return exitCodes.ok;
  });
}

function tableOf(endpoints: (EndpointView & { workspace: string })[]): string {
  const head = ['id', 'workspace', 'address', 'state', 'waiting', 'events'];
  const rows = endpoints.map((endpoint) => [
    endpoint.endpointId,
    endpoint.workspace,
    endpoint.url,
    stateOf(endpoint),
    String(endpoint.waiting),
    endpoint.eventTypes.join(' '),
  ]);
  return columns([head, ...rows]);
}

const words: Record<EndpointState, (since: string) => string> = {
  active: () => 'active',
  failing: (since) => `failing since ${since}`,
  by_person: (since) => `disabled ${since}, by a person`,
  gone: (since) => `disabled ${since}, it answered 410`,
  failed: (since) => `disabled ${since}, nothing but failures for ${givenUpAfterDays} days`,
};

function stateOf(endpoint: EndpointView): string {
  const { state, since } = endpointStanding(endpoint);
  return words[state](since.toISOString());
}
