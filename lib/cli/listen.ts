import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fieldMessage, isFieldCode } from '#lib/domain/field-messages.ts';
import { endpointsMax } from '#lib/domain/webhook-limits.ts';
import { everyType } from '#lib/domain/webhook-type.ts';
import type { Program } from '#lib/program.ts';
import { checked } from '#lib/schema/field-refusals.ts';
import { type NewWebhookInput, newWebhook } from '#lib/schema/new-webhook.ts';
import type { StaffMessage } from '#lib/schema/staff-webhook.ts';
import { disableEndpoint } from '#lib/usecases/system/webhooks/change-endpoint.ts';
import { createEndpoint } from '#lib/usecases/system/webhooks/create-endpoint.ts';
import { readEndpoint } from '#lib/usecases/system/webhooks/read-endpoint.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { refusedValues } from './refused-values.ts';
import { withProgram } from './with-program.ts';

/** Where a developer's receiver listens when nothing else is said. */
const usualReceiver = 'http://127.0.0.1:4242/webhooks';
/** So soon after an attempt its line is there. */
const lookEveryMs = 300;

export const command: Command = {
  name: 'listen',
  summary: "send a workspace's webhooks to a receiver on this machine, and print a line for each (sandbox mode only)",
  usage: `Usage: npm run aceite -- listen [--forward-to <address>] [--events <types>] [--workspace <name or id>]

For developers without a public address. Beside a portal that runs, makes an endpoint for as long as this command runs, prints
its secret, and then a line for each attempt: time, type, event, what the receiver answered. Ctrl-C disables the endpoint.

  --forward-to <address>     ${usualReceiver} when left out
  --events <types>           as in "webhook create"; all of them when left out
  --workspace <name or id>   may be left out when there is only one
  --json                     print JSON, one object per line

Example: npm run aceite -- listen --forward-to http://127.0.0.1:4242/webhooks --events signing_session.completed
`,
  run: async (args, io) => {
    const { input, workspace, json } = readArguments(args);
    const config = readConfig();
    if (config.mode !== 'sandbox')
      throw new CommandFailure(
        'This is for sandbox mode. In production make an endpoint: npm run aceite -- webhook create',
      );
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    return withProgram(config, io, async (program) => {
      const { workspaceId } = await chooseWorkspace(program, workspace);
      await listenUntil(program, io, { workspaceId, input, json, signal: stop.signal });
      return exitCodes.ok;
    });
  },
};

function readArguments(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      'forward-to': { type: 'string', default: usualReceiver },
      events: { type: 'string', multiple: true, default: [everyType] },
      workspace: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const eventTypes = values.events.flatMap((types) => types.split(',')).map((type) => type.trim());
  const parsed = checked(newWebhook, { url: values['forward-to'], eventTypes });
  if (!parsed.ok) throw refusedValues(parsed.errors, { '/url': '--forward-to', '/eventTypes': '--events' });
  return { input: parsed.value, workspace: values.workspace, json: values.json };
}

type Listening = { workspaceId: string; input: NewWebhookInput; json: boolean; signal: AbortSignal };

/** Has an endpoint until `signal` aborts, and says what becomes of its messages; the first line tells its secret. */
export async function listenUntil(
  program: Program,
  io: CommandIo,
  { workspaceId, input, json, signal }: Listening,
): Promise<void> {
  const made = await createEndpoint(program, workspaceId, input);
  if (!made.ok) throw refusal(made.code);
  const { endpointId, url, secret } = made;
  io.out(json ? JSON.stringify({ endpointId, url, secret }) : `Secret ${secret}\nForwarding to ${url}`);
  const told = new Set<string>();
  try {
    while (!signal.aborted) {
      const read = await readEndpoint(program, workspaceId, endpointId);
      if (read.ok) for (const line of newLines(read.messages, told, json)) io.out(line);
      await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await disableEndpoint(program, workspaceId, endpointId);
  }
}

function refusal(code: Extract<Awaited<ReturnType<typeof createEndpoint>>, { ok: false }>['code']): CommandFailure {
  if (isFieldCode(code)) return new CommandFailure(`--forward-to: ${fieldMessage(code, 'en')}`, exitCodes.usage);
  return new CommandFailure(`A workspace has at most ${endpointsMax} endpoints. Disable one that is not needed.`);
}

/** A line for each attempt that has none yet, in the order of time. */
function newLines(messages: readonly StaffMessage[], told: Set<string>, json: boolean): string[] {
  return messages
    .flatMap(({ attempts, ...message }) => attempts.map((attempt) => ({ ...message, ...attempt })))
    .filter(({ eventId, at }) => !told.has(`${eventId} ${at}`))
    .toSorted((a, b) => a.at.localeCompare(b.at) || a.occurredAt.localeCompare(b.occurredAt))
    .map(({ at, type, eventId, sessionId, outcome, latencyMs }) => {
      told.add(`${eventId} ${at}`);
      if (json) return JSON.stringify({ at, type, eventId, sessionId, outcome, latencyMs });
      return [at, type, eventId, outcome, `${latencyMs} ms`].join('  ');
    });
}
