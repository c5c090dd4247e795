import { parseArgs } from 'node:util';
import { isUuid } from '#lib/domain/uuid.ts';
import { type ApiKeyView, listApiKeys } from '#lib/usecases/system/list-api-keys.ts';
import { listWorkspaces } from '#lib/usecases/system/list-workspaces.ts';
import { revokeApiKey } from '#lib/usecases/system/revoke-api-key.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { columns } from './columns.ts';
import { CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { sharedOptions } from './shared-options.ts';
import { withProgram } from './with-program.ts';

export async function listKeys(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options: sharedOptions });
  return withProgram(readConfig(), io, async (program) => {
    const all = await listWorkspaces(program);
    const workspaces = values.workspace === undefined ? all : [await chooseWorkspace(program, values.workspace)];
    const keys = await Promise.all(
      workspaces.map(async ({ workspaceId, name: workspace }) =>
        (await listApiKeys(program, workspaceId)).map((key) => ({ ...key, workspaceId, workspace })),
      ),
    );
    io.out(values.json ? JSON.stringify({ items: keys.flat() }, null, 2) : tableOf(keys.flat()));
    return exitCodes.ok;
  });
}

export async function revokeKey(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: sharedOptions, allowPositionals: true });
  const apiKeyId = oneKeyId(positionals);
  return withProgram(readConfig(), io, async (program) => {
    for (const { workspaceId } of await listWorkspaces(program)) {
      const revoked = await revokeApiKey(program, workspaceId, apiKeyId);
      if (!revoked.ok) continue;
      const told = JSON.stringify({ apiKeyId, workspaceId }, null, 2);
      io.out(values.json ? told : 'Revoked: from now on it opens nothing.');
      return exitCodes.ok;
    }
    throw new CommandFailure(`No workspace has a key with the id ${apiKeyId}.`);
  });
}

export function oneKeyId(positionals: readonly string[]): string {
  const [apiKeyId = '', ...others] = positionals.map((text) => text.toLowerCase());
  if (!isUuid(apiKeyId) || others.length > 0)
    throw new CommandFailure('Give the id of one key, as "api-key list" shows it.', exitCodes.usage);
  return apiKeyId;
}

function tableOf(keys: (ApiKeyView & { workspace: string })[]): string {
  const head = ['id', 'workspace', 'name', 'key', 'state', 'ends', 'last used', 'scopes', 'origins', 'addresses'];
  const rows = keys.map((key) => [
    key.apiKeyId,
    key.workspace,
    key.name,
    `${key.prefix}…${key.lastFour}`,
    key.revokedAt ? `revoked ${key.revokedAt.toISOString()}` : key.state,
    key.expiresAt?.toISOString() ?? 'never',
    key.lastUsedAt?.toISOString() ?? 'never',
    key.scopes.join(' '),
    key.returnOrigins.join(' '),
    key.allowedAddresses.join(' ') || 'any',
  ]);
  return columns([head, ...rows]);
}
