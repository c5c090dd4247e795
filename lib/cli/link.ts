import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Config } from '#lib/config.ts';
import { fieldMessage } from '#lib/domain/field-messages.ts';
import { absolute, paths } from '#lib/paths.ts';
import type { Program } from '#lib/program.ts';
import type { SessionView } from '#lib/schema/session.ts';
import type { CreateResult } from '#lib/usecases/merchant/create-session.ts';
import { listApiKeys } from '#lib/usecases/system/list-api-keys.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { moveClock, readClock } from './clock.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { newSession, type SessionOwner, sampleSigner } from './new-session.ts';
import { readConfig } from './read-config.ts';
import { refusedValues } from './refused-values.ts';
import { ensureSandboxMerchant } from './sandbox-merchant.ts';
import { withProgram } from './with-program.ts';

export const command: Command = {
  name: 'link',
  summary: 'make a fresh signing session and print its link',
  usage: `Usage: npm run aceite -- link [options]

Creates a signing session with a sample contract, a new order and a new debt, and prints the link for the signer.

  --workspace <name or id>  for which workspace, with a key of it that may create sessions; in sandbox mode at first the
                            sandbox's own. In production mode this, --contract and --debt-key are needed
  --contract <file>         the contract, a text file in UTF-8, instead of the sample
  --title <text>            its title; the first line of the file when left out
  --debt-key <key>          the lender's key of the credit operation; a new one when left out
  --order-id <id>           the merchant's order; a new one when left out
  --name <name>             the signer; "${sampleSigner.name}" when left out
  --cpf <CPF or CNPJ>       theirs; an invented one when left out. It chooses how the sandbox lender behaves: see /docs
  --all-details             give e-mail and phone too, so that the signer has nothing to type
  --language <language>     of the pages: pt-BR, en, es or sv
  --return-url <address>    where the way back leads; in sandbox mode at first the portal's own page
  --no-return-url           no returnUrl at all
  --expired                 sandbox mode only: let the session's time run out by setting the sandbox's clock 5 minutes forward
  --json                    print JSON

Example: npm run aceite -- link --cpf 100.000.002-80 --all-details
`,
  run,
};

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const options = {
  workspace: text,
  contract: text,
  title: text,
  'debt-key': text,
  'order-id': text,
  name: text,
  cpf: text,
  'all-details': flag,
  language: text,
  'return-url': text,
  'no-return-url': flag,
  expired: flag,
  json: flag,
};

function parse(args: string[]) {
  return parseArgs({ args, options }).values;
}

type Values = ReturnType<typeof parse>;

async function run(args: string[], io: CommandIo): Promise<number> {
  const values = parse(args);
  const config = readConfig();
  refuseContradictions(values, config);
  const contract = values.contract === undefined ? undefined : await readContract(values.contract, values.title);
  return withProgram(config, io, async (program) => {
    const owner = await ownerOf(program, values.workspace);
    const { email, phone } = values['all-details'] ? sampleSigner : {};
    const created = await newSession(program, owner, {
      ...{ name: values.name, identity: values.cpf, email, phone },
      ...{ contract, debtKey: values['debt-key'], orderId: values['order-id'], language: values.language },
      returnUrl: returnUrlOf(values, owner, config),
      expiresAt: values.expired ? new Date((await readClock(program)).getTime() + shortestMs) : undefined,
    });
    if (!created.ok) throw explainRefusal(created);
    if (values.expired) {
      await moveClock(program, shortestMs);
      io.err('The clock of this sandbox was set 5 minutes forward, for everything in it.');
    }
    io.out(describe(created.session, values.json));
    return exitCodes.ok;
  });
}

/** The least time that a session may have (5 minutes), and what passes between asking the clock and using its answer. */
const shortestMs = 5 * 60_000 + 2_000;

function refuseContradictions(values: Values, { mode }: Config): void {
  const refuse = (sentence: string) => {
    throw new CommandFailure(sentence, exitCodes.usage);
  };
  if (values['return-url'] !== undefined && values['no-return-url'])
    refuse('--return-url and --no-return-url exclude each other.');
  if (values.title !== undefined && values.contract === undefined)
    refuse('--title belongs to --contract: the sample has its own title.');
  if (mode === 'sandbox') return;
  if (values.expired) refuse('--expired needs a clock that can be moved, which only sandbox mode has.');
  const missing = (['workspace', 'contract', 'debt-key'] as const).filter((name) => values[name] === undefined);
  if (missing.length > 0)
    refuse(`In production mode a real session is made, so give ${missing.map((name) => `--${name}`).join(', ')} too.`);
}

/** The text to the byte: a file that is not UTF-8 is refused, never mended. */
async function readContract(file: string, title: string | undefined): Promise<{ title: string; text: string }> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(`The contract ${file} cannot be read (${error.code}).`);
  });
  try {
    const contract = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text: contract, title: title ?? contract.trim().split(/\r?\n/, 1)[0]?.trim() ?? '' };
  } catch {
    throw new CommandFailure(`The contract ${file} is not text in UTF-8. Convert it and try again.`);
  }
}

async function ownerOf(program: Program, wanted: string | undefined): Promise<SessionOwner> {
  if (wanted === undefined) return ensureSandboxMerchant(program);
  const workspace = await chooseWorkspace(program, wanted);
  const keys = await listApiKeys(program, workspace.workspaceId);
  const key = keys.findLast(({ scopes, revokedAt }) => scopes.includes('sessions:write') && !revokedAt);
  if (key) return { workspace, apiKeyId: key.apiKeyId, returnOrigins: key.returnOrigins };
  throw new CommandFailure(
    `The workspace ${JSON.stringify(workspace.name)} has no live key with the scope sessions:write. Make one: npm run aceite -- api-key create --workspace ${JSON.stringify(workspace.name)}`,
  );
}

function returnUrlOf(values: Values, { returnOrigins }: SessionOwner, { portalUrl }: Config): string | undefined {
  if (values['no-return-url']) return undefined;
  return values['return-url'] ?? (returnOrigins.includes('*') ? absolute(portalUrl, paths.landing()) : undefined);
}

const optionOf = {
  '/contract/title': '--title',
  '/contract': '--contract',
  '/signerDetails/name': '--name',
  '/signerDetails/identity': '--cpf',
  '/language': '--language',
  '/debtKey': '--debt-key',
  '/orderId': '--order-id',
  '/returnUrl': '--return-url',
};

function explainRefusal(refused: Extract<CreateResult, { ok: false }>): Error {
  switch (refused.code) {
    case 'validation_failed':
      return refusedValues(refused.errors, optionOf);
    case 'return_url_not_allowed':
      return new CommandFailure(`--return-url: ${fieldMessage(refused.reason, 'en')}`, exitCodes.usage);
    case 'session_already_open':
      return new CommandFailure(`The debt has an open session already: ${placeOf(refused)}. Nothing was made.`);
    case 'debt_already_signed':
      return new CommandFailure(`The debt has been signed: ${placeOf(refused)}. Nothing was made.`);
    default:
      return new Error(`a session that the schema took was refused: ${refused.code}`);
  }
}

function placeOf({ signingSessionId }: { signingSessionId?: string }): string {
  return signingSessionId ?? 'in another workspace of this installation';
}

function describe(session: SessionView, isJson: boolean): string {
  if (!('redirectUrl' in session)) throw new Error('a new session has no link');
  const { signingSessionId, redirectUrl: signingLink, orderId, debtKey, expiresAt } = session;
  return isJson ? JSON.stringify({ signingLink, signingSessionId, orderId, debtKey, expiresAt }, null, 2) : signingLink;
}
