import { parseArgs } from 'node:util';
import { checked } from '#lib/schema/field-refusals.ts';
import { workspaceChanges, workspaceSettings } from '#lib/schema/workspace-settings.ts';
import { changeWorkspace } from '#lib/usecases/system/change-workspace.ts';
import { createWorkspace } from '#lib/usecases/system/create-workspace.ts';
import { listWorkspaces } from '#lib/usecases/system/list-workspaces.ts';
import type { WorkspaceView } from '#lib/usecases/system/workspace-view.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { columns } from './columns.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { refusedValues } from './refused-values.ts';
import { sandboxWorkspace } from './sandbox-merchant.ts';
import { asJson } from './shared-options.ts';
import { runSubcommand } from './subcommand.ts';
import { withProgram } from './with-program.ts';
import { lenderSubcommands } from './workspace-lender.ts';

export const command: Command = {
  name: 'workspace',
  summary: 'create, list and change workspaces: one per merchant or brand',
  usage: `Usage: npm run aceite -- workspace create --name <name> [options]
       npm run aceite -- workspace list
       npm run aceite -- workspace set [--workspace <name or id>] [options]
       npm run aceite -- workspace lender set|show|clear|release [--workspace <name or id>] [options]

A workspace holds one merchant's keys, sessions and staff. Signers read its legal names.

  --name <name>                 what staff call it; unique
  --merchant-legal-name <name>  the merchant, as in the contract; at first the same as --name
  --lender-legal-name <name>    the lender, as in the contract; in sandbox mode at first "Credor Exemplo"
  --language <language>         of signing sessions that name none: pt-BR (at first), en, es or sv
  --workspace <name or id>      which one to change; may be left out when there is one, or when --name is the name of one
  --json                        print JSON

A workspace may have a contract of its own with the lender; without one it uses the installation's QITECH_… settings.
lender set changes what is given, and queues what was paused again; lender clear goes back to the installation's.
lender release queues what is paused again, whosever settings it uses: for what was mended at the lender and not here.

  --base-url <address>             the lender's API
  --api-client-key-file <file>     the integration key
  --private-key-file <file>        our P-521 private key (PEM)
  --lender-public-key-file <file>  the lender's public key (PEM); with it replies must be signed, and notices are taken
  --auth-scheme <scheme>           signed-header (at first) or encoded-body
  --signature-type <type>          data_signature (at first) or data-signature
  --empty-payload <text>           {} (at first) or empty
  --timestamp-zone <zone>          IANA zone of the times that are sent; at first UTC

Example: npm run aceite -- workspace set --workspace "Loja Exemplo" --lender-legal-name "Banco Exemplo S.A."
`,
  run: async (args, io) => runSubcommand('workspace', { create, list, set, lender }, args, io),
};

const lender = (args: string[], io: CommandIo): Promise<number> =>
  runSubcommand('workspace lender', lenderSubcommands, args, io);

const options = {
  name: { type: 'string' },
  'merchant-legal-name': { type: 'string' },
  'lender-legal-name': { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const optionOf = {
  '/name': '--name',
  '/merchantLegalName': '--merchant-legal-name',
  '/lenderLegalName': '--lender-legal-name',
  '/language': '--language',
};

async function create(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options });
  const config = readConfig();
  const parsed = checked(workspaceSettings, {
    name: values.name,
    merchantLegalName: values['merchant-legal-name'] ?? values.name,
    lenderLegalName:
      values['lender-legal-name'] ?? (config.mode === 'sandbox' ? sandboxWorkspace.lenderLegalName : undefined),
    language: values.language ?? sandboxWorkspace.language,
  });
  if (!parsed.ok) throw refusedValues(parsed.errors, optionOf);
  return withProgram(config, io, async (program) => {
    const made = await createWorkspace(program, parsed.value, new Date());
    if (!made.ok) throw nameTaken(parsed.value.name);
    io.out(values.json ? asJson(made.workspace) : `Made the workspace ${describe(made.workspace)}`);
    return exitCodes.ok;
  });
}

async function list(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options: { json: options.json } });
  return withProgram(readConfig(), io, async (program) => {
    const workspaces = await listWorkspaces(program);
    const rows = workspaces.map((w) => [w.workspaceId, w.name, w.merchantLegalName, w.lenderLegalName, w.language]);
    if (values.json) io.out(asJson({ items: workspaces }));
    else io.out(columns([['id', 'name', 'merchant', 'lender', 'language'], ...rows]));
    return exitCodes.ok;
  });
}

async function set(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options: { ...options, workspace: { type: 'string' } } });
  const parsed = checked(workspaceChanges, {
    ...(values.name !== undefined && { name: values.name }),
    ...(values['merchant-legal-name'] !== undefined && { merchantLegalName: values['merchant-legal-name'] }),
    ...(values['lender-legal-name'] !== undefined && { lenderLegalName: values['lender-legal-name'] }),
    ...(values.language !== undefined && { language: values.language }),
  });
  if (!parsed.ok) throw refusedValues(parsed.errors, optionOf);
  const changes = parsed.value;
  if (Object.keys(changes).length === 0)
    throw new CommandFailure('Nothing to change: give at least one of the options.', exitCodes.usage);
  return withProgram(readConfig(), io, async (program) => {
    const isNamed = (await listWorkspaces(program)).some(({ name }) => name === changes.name);
    const { workspaceId } = await chooseWorkspace(program, values.workspace ?? (isNamed ? changes.name : undefined));
    const changed = await changeWorkspace(program, workspaceId, changes);
    if (!changed.ok && changed.code === 'workspace_name_taken') throw nameTaken(changes.name ?? '');
    if (!changed.ok) throw new Error('a workspace that was just listed is not there');
    io.out(values.json ? asJson(changed.workspace) : `The workspace is now ${describe(changed.workspace)}`);
    return exitCodes.ok;
  });
}

function nameTaken(name: string): CommandFailure {
  return new CommandFailure(`There is a workspace ${JSON.stringify(name)} already. Names are unique; choose another.`);
}

function describe(w: WorkspaceView): string {
  return `${JSON.stringify(w.name)} (${w.workspaceId}): merchant ${w.merchantLegalName}, lender ${w.lenderLegalName}, language ${w.language}.`;
}
