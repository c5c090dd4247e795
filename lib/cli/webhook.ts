import { parseArgs } from 'node:util';
import { fieldMessage, isFieldCode } from '#lib/domain/field-messages.ts';
import { overlapHours } from '#lib/domain/overlap.ts';
import { endpointsMax } from '#lib/domain/webhook-limits.ts';
import { everyType, webhookTypes } from '#lib/domain/webhook-type.ts';
import { paths } from '#lib/paths.ts';
import { checked } from '#lib/schema/field-refusals.ts';
import { newWebhook } from '#lib/schema/new-webhook.ts';
import { disableEndpoint, rotateSecret, sendTest } from '#lib/usecases/system/webhooks/change-endpoint.ts';
import { createEndpoint } from '#lib/usecases/system/webhooks/create-endpoint.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { overlapForm, overlapLimits, parseOverlap } from './duration.ts';
import { readConfig } from './read-config.ts';
import { refusedValues } from './refused-values.ts';
import { asJson, sharedOptions } from './shared-options.ts';
import { runSubcommand } from './subcommand.ts';
import { endpointNamed, onEndpoint } from './webhook-endpoint.ts';
import { list } from './webhook-list.ts';
import { resend } from './webhook-resend.ts';
import { withProgram } from './with-program.ts';

const overlap = overlapHours.webhookSecret;

export const command: Command = {
  name: 'webhook',
  summary: 'where a merchant is told what happens: endpoints, their secrets, tests, sending again',
  usage: `Usage: npm run aceite -- webhook create --url <address> [--events <types>] [--workspace <name or id>]
       npm run aceite -- webhook list [--workspace <name or id>]
       npm run aceite -- webhook disable <id>
       npm run aceite -- webhook test <id>
       npm run aceite -- webhook rotate <id> [--overlap <duration>]
       npm run aceite -- webhook resend <id> --event <event id>
       npm run aceite -- webhook resend <id> --since <time> [--until <time>] [--all]

Messages follow Standard Webhooks 1.0.0. A secret (whsec_…) is shown once, at its making; the public key (whpk_…) is the workspace's, and
GET ${paths.apiWebhookKeys()} shows it at any time.

  --url <address>            https, port 443 or 8443; in sandbox mode any port, and http to loopback
  --events <types>           separated by commas, or given several times; "${everyType}", all of them, when left out:
                             ${webhookTypes.slice(0, 4).join(', ')},
                             ${webhookTypes.slice(4, 7).join(', ')},
                             ${webhookTypes.slice(7).join(', ')}
  --workspace <name or id>   may be left out when there is only one
  --overlap <duration>       how long the secret before signs as well: ${overlapLimits(overlap)}
  --event <event id>         one message; its receiver knows it by the same id
  --since, --until <time>    RFC 3339; what happened in that time and was given up, with --all also what was delivered
  --json                     print JSON

Example: npm run aceite -- webhook create --url https://loja.example/webhooks --events signing_session.completed,evidence.final
`,
  run: async (args, io) => runSubcommand('webhook', { create, list, disable, test, rotate, resend }, args, io),
};

const optionOf = { '/url': '--url', '/eventTypes': '--events' };

async function create(args: string[], io: CommandIo): Promise<number> {
  const options = { ...sharedOptions, url: { type: 'string' }, events: { type: 'string', multiple: true } } as const;
  const { values } = parseArgs({ args, options });
  const eventTypes = (values.events ?? [everyType]).flatMap((types) => types.split(',')).map((type) => type.trim());
  const parsed = checked(newWebhook, { url: values.url, eventTypes });
  if (!parsed.ok) throw refusedValues(parsed.errors, optionOf);
  return withProgram(readConfig(), io, async (program) => {
    const { workspaceId } = await chooseWorkspace(program, values.workspace);
    const made = await createEndpoint(program, workspaceId, parsed.value);
    if (!made.ok) throw refusedEndpoint(made.code);
    const { ok: _, ...endpoint } = made;
    if (values.json) io.out(asJson({ ...endpoint, workspaceId }));
    else
      io.out(`${made.secret}

Keep it now: it is not shown again. The endpoint is ${made.endpointId}.
Receivers that check v1a take the public key ${made.publicKey}.
Try it: npm run aceite -- webhook test ${made.endpointId}`);
    return exitCodes.ok;
  });
}

function refusedEndpoint(code: Extract<Awaited<ReturnType<typeof createEndpoint>>, { ok: false }>['code']) {
  if (isFieldCode(code)) return new CommandFailure(`--url: ${fieldMessage(code, 'en')}`, exitCodes.usage);
  return new CommandFailure(`A workspace has at most ${endpointsMax} endpoints. Disable one that is not needed.`);
}

async function disable(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: sharedOptions, allowPositionals: true });
  const endpointId = endpointNamed(positionals);
  return onEndpoint(io, endpointId, async (program, workspaceId) => {
    const result = await disableEndpoint(program, workspaceId, endpointId);
    if (!result.ok) return result;
    io.out(values.json ? asJson({ endpointId, workspaceId }) : 'Disabled: nothing is sent there from now on.');
    return result;
  });
}

async function test(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: sharedOptions, allowPositionals: true });
  const endpointId = endpointNamed(positionals);
  return onEndpoint(io, endpointId, async (program, workspaceId) => {
    const result = await sendTest(program, workspaceId, endpointId);
    if (!result.ok) return result;
    const { eventId } = result;
    const sentence = `Queued webhook.test with the id ${eventId}; a running worker sends it at once. "webhook list" says how the endpoint stands.`;
    io.out(values.json ? asJson({ endpointId, workspaceId, eventId }) : sentence);
    return result;
  });
}

async function rotate(args: string[], io: CommandIo): Promise<number> {
  const options = { ...sharedOptions, overlap: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const endpointId = endpointNamed(positionals);
  const overlapMs = parseOverlap(values.overlap, overlap);
  if (overlapMs === undefined) throw new CommandFailure(overlapForm(overlap), exitCodes.usage);
  return onEndpoint(io, endpointId, async (program, workspaceId) => {
    const result = await rotateSecret(program, workspaceId, endpointId, overlapMs);
    if (!result.ok) return result;
    const { secret, formerUntil } = result;
    if (values.json) io.out(asJson({ endpointId, workspaceId, secret, formerUntil }));
    else {
      const former = formerUntil ? `signs as well until ${formerUntil.toISOString()}` : 'signs nothing any more';
      io.out(`${secret}\n\nKeep it now: it is not shown again. The one before ${former}.`);
    }
    return result;
  });
}
