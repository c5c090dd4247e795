import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { lenderSettingsChanges } from '#lib/schema/lender-settings.ts';
import {
  clearLenderSettings,
  type LenderSettingsView,
  releasePauses,
  setLenderSettings,
  showLenderSettings,
} from '#lib/usecases/system/lender-settings.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { asJson, sharedOptions } from './shared-options.ts';
import { withProgram } from './with-program.ts';

/** `workspace lender …`: a workspace's own contract with the lender. Secrets come from files, and are never printed. */

const optionOf: Record<string, string> = {
  baseUrl: '--base-url',
  apiClientKey: '--api-client-key-file',
  privateKeyPem: '--private-key-file',
  lenderPublicKeyPem: '--lender-public-key-file',
  authScheme: '--auth-scheme',
  signatureType: '--signature-type',
  emptyPayload: '--empty-payload',
  timestampZone: '--timestamp-zone',
};

async function set(args: string[], io: CommandIo): Promise<number> {
  const { workspace, json, given } = await readOptions(args);
  if (Object.keys(given).length === 0)
    throw new CommandFailure('Nothing to change: give at least one of the options.', exitCodes.usage);
  const config = readConfig();
  const parsed = lenderSettingsChanges(config.mode).safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path: [name], message }) => `${optionOf[String(name)]}: ${message}`);
    throw new CommandFailure(lines.join('\n'), exitCodes.usage);
  }
  return withProgram(config, io, async (program) => {
    const { workspaceId, name } = await chooseWorkspace(program, workspace);
    const result = await setLenderSettings(program, workspaceId, parsed.data);
    if (!result.ok && result.code === 'settings_incomplete')
      throw new CommandFailure(`Still missing: ${result.missing.map((field) => optionOf[field]).join(', ')}.`);
    if (!result.ok) throw new CommandFailure(`These settings cannot work: ${result.reason} Nothing was changed.`);
    const { settings, released } = result;
    io.out(json ? asJson({ workspaceId, ...settings, released }) : `${describe(name, settings)}\n${queued(released)}`);
    return exitCodes.ok;
  });
}

async function readOptions(args: string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...sharedOptions,
      'base-url': text,
      'api-client-key-file': text,
      'private-key-file': text,
      'lender-public-key-file': text,
      'auth-scheme': text,
      'signature-type': text,
      'empty-payload': text,
      'timestamp-zone': text,
    },
  });
  const said = {
    baseUrl: values['base-url'],
    apiClientKey: (await contentOf(values['api-client-key-file']))?.trim(),
    privateKeyPem: await contentOf(values['private-key-file']),
    lenderPublicKeyPem: await contentOf(values['lender-public-key-file']),
    authScheme: values['auth-scheme'],
    signatureType: values['signature-type'],
    emptyPayload: values['empty-payload'],
    timestampZone: values['timestamp-zone'],
  };
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return { workspace: values.workspace, json: values.json, given };
}

async function contentOf(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return readFile(file, 'utf8').catch(() => {
    throw new CommandFailure(`${file} is not there or cannot be read.`);
  });
}

async function show(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options: sharedOptions });
  return withProgram(readConfig(), io, async (program) => {
    const { workspaceId, name } = await chooseWorkspace(program, values.workspace);
    const settings = await showLenderSettings(program, workspaceId);
    if (values.json) io.out(asJson({ workspaceId, isOwn: settings !== undefined, ...settings }));
    else io.out(settings ? describe(name, settings) : usesInstallation(name));
    return exitCodes.ok;
  });
}

async function clear(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options: sharedOptions });
  return withProgram(readConfig(), io, async (program) => {
    const { workspaceId, name } = await chooseWorkspace(program, values.workspace);
    const { wasSet, released } = await clearLenderSettings(program, workspaceId);
    if (values.json) io.out(asJson({ workspaceId, wasSet, released }));
    else io.out(wasSet ? `${usesInstallation(name)}\n${queued(released)}` : usesInstallation(name));
    return exitCodes.ok;
  });
}

async function release(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options: sharedOptions });
  return withProgram(readConfig(), io, async (program) => {
    const { workspaceId } = await chooseWorkspace(program, values.workspace);
    const released = await releasePauses(program, workspaceId);
    io.out(values.json ? asJson({ workspaceId, released }) : queued(released));
    return exitCodes.ok;
  });
}

export const lenderSubcommands = { set, show, clear, release };

function describe(name: string, settings: LenderSettingsView): string {
  const { baseUrl, authScheme, signatureType, emptyPayload, timestampZone } = settings;
  return [
    `The workspace ${JSON.stringify(name)} has settings of its own for the lender, since ${settings.changedAt}:`,
    `  base address    ${baseUrl}`,
    `  integration key …${settings.integrationKeyEnd}`,
    `  private key     SHA-256 of its file ${settings.privateKeySha256}`,
    `  lender's key    ${settings.hasLenderPublicKey ? 'set: replies must be signed, notices are taken' : 'none: no notices are taken'}`,
    `  requests        ${authScheme}, ${signatureType}, empty payload ${emptyPayload === '' ? 'empty' : emptyPayload}, times in ${timestampZone}`,
  ].join('\n');
}

const usesInstallation = (name: string): string =>
  `The workspace ${JSON.stringify(name)} uses the installation's settings for the lender.`;

const queued = (released: number): string =>
  released === 0 ? 'No delivery was paused.' : `Paused deliveries queued again: ${released}.`;
