import { parseArgs } from 'node:util';
import { resendWebhook, resendWebhooks } from '#lib/usecases/system/webhooks/resend-webhooks.ts';
import { CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { asJson, sharedOptions } from './shared-options.ts';
import { endpointNamed, onEndpoint } from './webhook-endpoint.ts';

const options = {
  ...sharedOptions,
  event: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  all: { type: 'boolean', default: false },
} as const;

/** `webhook resend`: one message, or those of a time. */
export async function resend(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const endpointId = endpointNamed(positionals);
  const { event, json } = values;
  if ((event === undefined) === (values.since === undefined) || (event !== undefined && (values.until || values.all)))
    throw new CommandFailure('Give either --event, or --since and what belongs to it.', exitCodes.usage);
  const say = (count: number, workspaceId: string) =>
    io.out(json ? asJson({ endpointId, workspaceId, count }) : `Queued again: ${count}.`);
  if (event !== undefined)
    return onEndpoint(io, endpointId, async (program, workspaceId) => {
      const result = await resendWebhook(program, workspaceId, { endpointId, eventId: event.toLowerCase() });
      if (result.ok) say(1, workspaceId);
      return result;
    });
  const since = instantOf('--since', values.since ?? '');
  const until = values.until === undefined ? undefined : instantOf('--until', values.until);
  const statuses = values.all ? (['FAILED', 'DELIVERED'] as const) : (['FAILED'] as const);
  return onEndpoint(io, endpointId, async (program, workspaceId) => {
    const result = await resendWebhooks(program, workspaceId, endpointId, { since, until, statuses });
    if (result.ok) say(result.count, workspaceId);
    return result;
  });
}

function instantOf(option: string, text: string): Date {
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/i.test(text)
    ? new Date(text)
    : undefined;
  if (instant && !Number.isNaN(instant.getTime())) return instant;
  throw new CommandFailure(`${option}: a time as RFC 3339 has it, such as 2026-11-22T18:00:00Z.`, exitCodes.usage);
}
