import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createStaff, disableStaff, listStaff } from '#lib/auth/staff-accounts.ts';
import { parseEmail } from '#lib/domain/email.ts';
import { type StaffRole, staffRoles } from '#lib/domain/roles.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { columns } from './columns.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { runSubcommand } from './subcommand.ts';
import { withProgram } from './with-program.ts';

export const command: Command = {
  name: 'staff',
  summary: 'create, list and disable the people of the dashboard',
  usage: `Usage: npm run aceite -- staff create --email <address> [options]
       npm run aceite -- staff list [--workspace <name or id>]
       npm run aceite -- staff disable --email <address> [--workspace <name or id>]

  --email <address>         with which they sign in
  --name <name>             shown in the story of a session; at first the address
  --role <role>             ${staffRoles.join(', ')}; at first viewer
  --password <password>     at least 12 characters; without it one is made and printed once
  --workspace <name or id>  may be left out when there is one
  --json                    print JSON

Disabling ends the person's sessions at once.

Example: npm run aceite -- staff create --email ana@loja-exemplo.test --role operator
`,
  run: async (args, io) => runSubcommand('staff', { create, list, disable }, args, io),
};

const options = {
  email: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string', default: 'viewer' },
  password: { type: 'string' },
  workspace: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

async function create(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options });
  const email = emailIn(values.email);
  const role = roleIn(values.role);
  const password = values.password ?? randomBytes(18).toString('base64url');
  return withProgram(readConfig(), io, async (program) => {
    const { workspaceId, name: workspace } = await chooseWorkspace(program, values.workspace);
    const made = await createStaff(program, { email, name: values.name ?? email, password, workspaceId, role });
    if (!made.ok) throw refusalOf(made.code, email, workspace);
    const shown = values.password === undefined && made.isNewAccount ? password : undefined;
    if (values.json)
      io.out(JSON.stringify({ userId: made.userId, email, role, ...(shown && { password: shown }) }, null, 2));
    else
      io.out(
        `${email} may now sign in to ${JSON.stringify(workspace)} as ${role}.${shown ? `\nPassword, shown this once: ${shown}` : ''}`,
      );
    return exitCodes.ok;
  });
}

function refusalOf(code: 'password_too_short' | 'already_a_member', email: string, workspace: string): CommandFailure {
  if (code === 'password_too_short') return new CommandFailure('The password needs at least 12 characters.');
  return new CommandFailure(`${email} is a member of ${JSON.stringify(workspace)} already.`);
}

async function list(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options: { workspace: options.workspace, json: options.json } });
  return withProgram(readConfig(), io, async (program) => {
    const { workspaceId } = await chooseWorkspace(program, values.workspace);
    const items = (await listStaff(program, workspaceId)).map((row) => ({
      email: row.email,
      name: row.name,
      role: row.role,
      createdAt: row.created_at.toISOString(),
      ...(row.disabled_at && { disabledAt: row.disabled_at.toISOString() }),
    }));
    const rows = items.map((item) => [
      item.email,
      item.name,
      item.role,
      item.disabledAt === undefined ? 'active' : 'disabled',
    ]);
    io.out(values.json ? JSON.stringify({ items }, null, 2) : columns([['email', 'name', 'role', 'state'], ...rows]));
    return exitCodes.ok;
  });
}

async function disable(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { email: options.email, workspace: options.workspace, json: options.json },
  });
  const email = emailIn(values.email);
  return withProgram(readConfig(), io, async (program) => {
    const { workspaceId, name: workspace } = await chooseWorkspace(program, values.workspace);
    if (!(await disableStaff(program, workspaceId, email)))
      throw new CommandFailure(`${email} is no member of ${JSON.stringify(workspace)}.`);
    io.out(
      values.json
        ? JSON.stringify({ email, disabled: true }, null, 2)
        : `${email} can no longer enter ${JSON.stringify(workspace)}.`,
    );
    return exitCodes.ok;
  });
}

function emailIn(typed: string | undefined): string {
  const parsed = parseEmail(typed ?? '');
  if (!parsed.ok) throw new CommandFailure('Give an e-mail address with --email.', exitCodes.usage);
  return parsed.value;
}

function roleIn(typed: string): StaffRole {
  const role = staffRoles.find((known) => known === typed);
  if (!role) throw new CommandFailure(`--role is one of ${staffRoles.join(', ')}.`, exitCodes.usage);
  return role;
}
