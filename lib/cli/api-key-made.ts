import { parseArgs } from 'node:util';
import { fieldMessage } from '#lib/domain/field-messages.ts';
import { overlapHours } from '#lib/domain/overlap.ts';
import { apiScopes } from '#lib/domain/roles.ts';
import { checked } from '#lib/schema/field-refusals.ts';
import { keyEnd, newApiKey } from '#lib/schema/new-api-key.ts';
import { createApiKey, type KeyRefusal } from '#lib/usecases/system/create-api-key.ts';
import { listWorkspaces } from '#lib/usecases/system/list-workspaces.ts';
import { type RotateRefusal, rotateApiKey } from '#lib/usecases/system/rotate-api-key.ts';
import { oneKeyId } from './api-key-kept.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { overlapForm, parseOverlap } from './duration.ts';
import { readConfig } from './read-config.ts';
import { refusedValues } from './refused-values.ts';
import { sharedOptions } from './shared-options.ts';
import { withProgram } from './with-program.ts';

const optionOf = {
  '/name': '--name',
  '/scopes': '--scope',
  '/returnOrigins': '--return-origin',
  '/allowedAddresses': '--allow-ip',
  '/expiresAt': '--expires',
};
const formOf = { '--expires': 'Give an instant such as 2027-06-30T23:59:59-03:00.' };

export async function createKey(args: string[], io: CommandIo): Promise<number> {
  const many = { type: 'string', multiple: true } as const;
  const where = { scope: many, 'return-origin': many, 'allow-ip': many };
  const options = { ...sharedOptions, name: { type: 'string' }, expires: { type: 'string' }, ...where } as const;
  const { values } = parseArgs({ args, options });
  const parsed = checked(newApiKey, {
    name: values.name ?? 'API key',
    scopes: values.scope ?? [...apiScopes],
    returnOrigins: values['return-origin'] ?? [],
    allowedAddresses: values['allow-ip'] ?? [],
    ...(values.expires !== undefined && { expiresAt: values.expires }),
  });
  if (!parsed.ok) throw refusedValues(parsed.errors, optionOf, formOf);
  return withProgram(readConfig(), io, async (program) => {
    const { workspaceId } = await chooseWorkspace(program, values.workspace);
    const made = await createApiKey(program, workspaceId, parsed.value, new Date());
    if (!made.ok) throw refusedKey(made);
    const { apiKey, apiKeyId, lastFour, returnOrigins, allowedAddresses } = made;
    const { name, scopes, expiresAt } = parsed.value;
    const places = { returnOrigins, allowedAddresses };
    const told = { apiKeyId, apiKey, name, lastFour, workspaceId, scopes, ...places, ...(expiresAt && { expiresAt }) };
    io.out(values.json ? JSON.stringify(told, null, 2) : shownOnce({ apiKey, apiKeyId, expiresAt }));
    return exitCodes.ok;
  });
}

type Shown = { apiKey: string; apiKeyId: string; expiresAt?: Date | undefined };

function shownOnce({ apiKey, apiKeyId, expiresAt }: Shown): string {
  const end = expiresAt ? `It ends at ${expiresAt.toISOString()}.` : 'It does not end by itself.';
  return `${apiKey}\n\nKeep it now: it is not shown again. ${end} To end it: npm run aceite -- api-key revoke ${apiKeyId}`;
}

const originForm = 'An origin is a scheme and a host, and a port if need be: https://loja.example.';
const expiryPast = '--expires: that time has passed.';
const alreadyMade = 'This key has been made already.';

function refusedKey(refused: KeyRefusal): CommandFailure {
  if (refused.code === 'return_origin_refused') {
    const reason = fieldMessage(refused.reason, 'en');
    return new CommandFailure(`--return-origin ${refused.origin}: ${reason} ${originForm}`, exitCodes.usage);
  }
  if (refused.code === 'address_refused') {
    const form = 'is no address and no range. They look like 203.0.113.7, 198.51.100.0/24 and 2001:db8::/32.';
    return new CommandFailure(`--allow-ip ${refused.address} ${form}`, exitCodes.usage);
  }
  return new CommandFailure(refused.code === 'expiry_past' ? expiryPast : alreadyMade, exitCodes.usage);
}

const rotateRefusals = {
  key_over: 'This key is over: it was revoked, or has come to its end. Create a new one.',
  rotation_running: 'Two keys are live already, the old one and the new one. Revoke one of them, or wait for its end.',
  expiry_past: expiryPast,
  already_made: alreadyMade,
} as const satisfies Record<Exclude<RotateRefusal, 'api_key_not_found'>, string>;

export async function rotateKey(args: string[], io: CommandIo): Promise<number> {
  const options = { ...sharedOptions, overlap: { type: 'string' }, expires: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const apiKeyId = oneKeyId(positionals);
  const overlapMs = parseOverlap(values.overlap, overlapHours.apiKey);
  if (overlapMs === undefined) throw new CommandFailure(overlapForm(overlapHours.apiKey), exitCodes.usage);
  const end = checked(keyEnd, { ...(values.expires !== undefined && { expiresAt: values.expires }) });
  if (!end.ok) throw refusedValues(end.errors, optionOf, formOf);
  return withProgram(readConfig(), io, async (program) => {
    for (const { workspaceId } of await listWorkspaces(program)) {
      const made = await rotateApiKey(program, workspaceId, { apiKeyId, overlapMs, ...end.value }, new Date());
      if (!made.ok) {
        if (made.code === 'api_key_not_found') continue;
        throw new CommandFailure(rotateRefusals[made.code]);
      }
      const { ok, ...told } = made;
      const oldEnd = `The old key goes on until ${made.oldEndsAt.toISOString()}.`;
      const shown = `${shownOnce(made)}\n${oldEnd}`;
      io.out(values.json ? JSON.stringify({ ...told, workspaceId, oldApiKeyId: apiKeyId }, null, 2) : shown);
      return exitCodes.ok;
    }
    throw new CommandFailure(`No workspace has a key with the id ${apiKeyId}.`);
  });
}
