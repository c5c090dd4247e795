import { parseArgs } from 'node:util';
import { accessAct } from '#lib/copy/dashboard-accesses.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import type { AccessItem } from '#lib/schema/access-list.ts';
import { listAccesses } from '#lib/usecases/staff/list-accesses.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { columns } from './columns.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { withProgram } from './with-program.ts';

const limitMax = 1_000;

export const command: Command = {
  name: 'accesses',
  summary: 'who was shown or given what of the sessions, and when: the access inventory',
  usage: `Usage: npm run aceite -- accesses [--workspace <name or id>] [options]

Newest first: each look of staff, with the reason where one was asked for; and what merchants by their keys, signers and holders of a
signed address took, one line per file and day (UTC) with how often. Lines are kept when their session is erased, their reasons are not.

  --workspace <name or id>  may be left out when there is only one
  --session <session id>    of this session alone
  --from <day or instant>   from then on; a day (2026-11-30) from its beginning in UTC
  --to <day or instant>     until then; a day until its end in UTC
  --limit <lines>           at most ${limitMax}; 100 when left out
  --cursor <cursor>         the lines before those of an earlier call, which printed it
  --json                    print JSON: { "items": [], "nextCursor": string or null }

Example: npm run aceite -- accesses --from 2026-11-01 --to 2026-11-30 --json
`,
  run,
};

const one = { type: 'string' } as const;
const options = { workspace: one, session: one, from: one, to: one, limit: one, cursor: one } as const;

async function run(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options: { ...options, json: { type: 'boolean', default: false } } });
  const question = {
    sessionId: sessionIn(values.session),
    from: values.from === undefined ? undefined : instantOf('--from', values.from),
    // The end is no part of the list; a day is.
    to: values.to === undefined ? undefined : endOf(values.to),
    limit: limitIn(values.limit ?? '100'),
    cursor: values.cursor,
  };
  return withProgram(readConfig(), io, async (program) => {
    const { workspaceId } = await chooseWorkspace(program, values.workspace);
    // Whoever may run commands may read the database anyway; on the dashboard it takes this role.
    const result = await listAccesses(program, { workspaceId, role: 'auditor' }, question);
    if (!result.ok) throw new CommandFailure(`The workspace has no session ${values.session}.`);
    const { items, nextCursor } = result.list;
    if (values.json) io.out(JSON.stringify(result.list, null, 2));
    else {
      io.out(items.length > 0 ? columns([heading, ...items.map(lineOf)]) : 'No accesses.');
      if (nextCursor !== null) io.out(`\nThere are older ones: --cursor ${nextCursor}`);
    }
    return exitCodes.ok;
  });
}

const heading = ['when', 'session', 'who', 'what', 'times', 'last', 'reason'];

function lineOf(item: AccessItem): string[] {
  const { at, signingSessionId, what, count, lastAt, reason = '' } = item;
  const words = accessAct('en', what).toLowerCase();
  return [at, signingSessionId, whoDid(item), words, String(count), lastAt, reason.replaceAll(/\s+/g, ' ')];
}

function whoDid({ by, userId, name, role, apiKeyId, keyName }: AccessItem): string {
  if (by === 'staff') return `${name ?? userId} (${role ?? 'no longer staff'})`;
  return apiKeyId === undefined ? by.replace('_', ' ') : `merchant, key ${keyName ?? apiKeyId}`;
}

function sessionIn(given: string | undefined): string | undefined {
  if (given !== undefined && !isUuid(given))
    throw new CommandFailure('--session takes the id of one session.', exitCodes.usage);
  return given;
}

function limitIn(given: string): number {
  const limit = /^\d{1,4}$/.test(given) ? Number(given) : 0;
  if (limit < 1 || limit > limitMax) throw new CommandFailure(`--limit takes 1 to ${limitMax}.`, exitCodes.usage);
  return limit;
}

const dayShape = /^\d{4}-\d\d-\d\d$/;
const instantShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const dayMs = 86_400_000;

function endOf(given: string): Date {
  const start = instantOf('--to', given);
  return dayShape.test(given) ? new Date(start.getTime() + dayMs) : start;
}

function instantOf(option: string, given: string): Date {
  const isDay = dayShape.test(given);
  const instant = new Date(isDay ? `${given}T00:00:00.000Z` : given);
  // A thirty-first of February becomes a day of March.
  const isReal = !Number.isNaN(instant.getTime()) && (!isDay || instant.toISOString().startsWith(given));
  if (!isReal || !(isDay || instantShape.test(given)))
    throw new CommandFailure(
      `${option} takes a day such as 2026-11-30, or an instant such as 2026-11-30T12:00:00Z.`,
      exitCodes.usage,
    );
  return instant;
}
