import { parseArgs } from 'node:util';
import { fieldMessage } from '#lib/domain/field-messages.ts';
import { apiScopes } from '#lib/domain/roles.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { checked } from '#lib/schema/field-refusals.ts';
import { newApiKey } from '#lib/schema/new-api-key.ts';
import { createApiKey } from '#lib/usecases/system/create-api-key.ts';
import { type ApiKeyView, listApiKeys } from '#lib/usecases/system/list-api-keys.ts';
import { listWorkspaces } from '#lib/usecases/system/list-workspaces.ts';
import { revokeApiKey } from '#lib/usecases/system/revoke-api-key.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { columns } from './columns.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { refusedValues } from './refused-values.ts';
import { runSubcommand } from './subcommand.ts';
import { withProgram } from './with-program.ts';

export const command: Command = {
  name: 'api-key',
  summary: "create, list and revoke the keys of a merchant's back end",
  usage: `Usage: npm run aceite -- api-key create [--workspace <name or id>] [options]
       npm run aceite -- api-key list [--workspace <name or id>]
       npm run aceite -- api-key revoke <id>

A key is shown once, at its making: the portal keeps only its SHA-256 and its last four characters.

  --workspace <name or id>   may be left out when there is only one
  --name <name>              to recognise it by; "API key" when left out
  --scope <scope>            repeatable; ${apiScopes.join(', ')}; all of them when left out
  --return-origin <origin>   repeatable; an origin that returnUrl may have, such as https://loja.example. Without any, sessions
                             of this key take no returnUrl. In sandbox mode also http of a loopback host, and "*" for any
                             https origin and any loopback host
  --json                     print JSON

Example: npm run aceite -- api-key create --workspace "Loja" --scope sessions:write --return-origin https://loja.example
`,
  run: async (args, io) => runSubcommand('api-key', { create, list, revoke }, args, io),
};

const shared = { workspace: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

const optionOf = { '/name': '--name', '/scopes': '--scope', '/returnOrigins': '--return-origin' };

async function create(args: string[], io: CommandIo): Promise<number> {
  const many = { type: 'string', multiple: true } as const;
  const options = { ...shared, name: { type: 'string' }, scope: many, 'return-origin': many } as const;
  const { values } = parseArgs({ args, options });
  const parsed = checked(newApiKey, {
    name: values.name ?? 'API key',
    scopes: values.scope ?? [...apiScopes],
    returnOrigins: values['return-origin'] ?? [],
  });
  if (!parsed.ok) throw refusedValues(parsed.errors, optionOf);
  return withProgram(readConfig(), io, async (program) => {
    const workspace = await chooseWorkspace(program, values.workspace);
    const made = await createApiKey(program, workspace.workspaceId, parsed.value, new Date());
    if (!made.ok) {
      const reason = fieldMessage(made.reason, 'en');
      throw new CommandFailure(`--return-origin ${made.origin}: ${reason} ${originForm}`, exitCodes.usage);
    }
    const { apiKey, apiKeyId, lastFour, returnOrigins } = made;
    const { name, scopes } = parsed.value;
    const { workspaceId } = workspace;
    if (values.json) io.out(asJson({ apiKeyId, apiKey, name, lastFour, workspaceId, scopes, returnOrigins }));
    else
      io.out(
        `${apiKey}\n\nKeep it now: it is not shown again. To end it: npm run aceite -- api-key revoke ${apiKeyId}`,
      );
    return exitCodes.ok;
  });
}

const originForm = 'An origin is a scheme and a host, and a port if need be: https://loja.example.';

async function list(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options: shared });
  return withProgram(readConfig(), io, async (program) => {
    const all = await listWorkspaces(program);
    const workspaces = values.workspace === undefined ? all : [await chooseWorkspace(program, values.workspace)];
    const keys = await Promise.all(
      workspaces.map(async ({ workspaceId, name: workspace }) =>
        (await listApiKeys(program, workspaceId)).map((key) => ({ ...key, workspaceId, workspace })),
      ),
    );
    io.out(values.json ? asJson({ items: keys.flat() }) : tableOf(keys.flat()));
    return exitCodes.ok;
  });
}

async function revoke(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: shared, allowPositionals: true });
  const [apiKeyId = '', ...others] = positionals.map((text) => text.toLowerCase());
  if (!isUuid(apiKeyId) || others.length > 0)
    throw new CommandFailure('Give the id of one key, as "api-key list" shows it.', exitCodes.usage);
  return withProgram(readConfig(), io, async (program) => {
    for (const { workspaceId } of await listWorkspaces(program)) {
      const revoked = await revokeApiKey(program, workspaceId, apiKeyId);
      if (!revoked.ok) continue;
      io.out(values.json ? asJson({ apiKeyId, workspaceId }) : 'Revoked: from now on it opens nothing.');
      return exitCodes.ok;
    }
    throw new CommandFailure(`No workspace has a key with the id ${apiKeyId}.`);
  });
}

function tableOf(keys: (ApiKeyView & { workspace: string })[]): string {
  const head = ['id', 'workspace', 'name', 'ends in', 'state', 'scopes', 'origins'];
  const rows = keys.map((key) => [
    key.apiKeyId,
    key.workspace,
    key.name,
    key.lastFour,
    key.revokedAt ? `revoked ${key.revokedAt.toISOString()}` : 'live',
    key.scopes.join(' '),
    key.returnOrigins.join(' '),
  ]);
  return columns([head, ...rows]);
}

const asJson = (value: unknown): string => JSON.stringify(value, null, 2);
