import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { TimeStampSettings } from '#lib/config/time-stamp-settings.ts';
import { absolute, paths } from '#lib/paths.ts';
import { startSandboxLender } from '#lib/providers/qitech/sandbox/start-sandbox-lender.ts';
import { sandboxClientKeys } from '#lib/providers/qitech/sandbox-client-keys.ts';
import { sandboxLenderKeys } from '#lib/providers/qitech/sandbox-lender-keys.ts';
import { sandboxAuthorities } from '#lib/providers/rfc3161/sandbox/sandbox-authorities.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { sandboxNow } from './sandbox-clock.ts';

export const command: Command = {
  name: 'lender',
  summary: 'run the sandbox lender by itself (sandbox mode only)',
  usage: `Usage: npm run aceite -- lender [options]

Runs the sandbox lender by itself, on 127.0.0.1, until Ctrl-C. npm start runs one too, on the same data. At the same address
are the sandbox's time-stamp authorities; POST /sandbox/time-stamps/<name>/away takes one away until POST …/<name>/back.
Its notices about debts go to the portal, signed; POST /sandbox/debts/<key>/cancel makes it cancel a debt and say so.

  --strict                    know only debts made by POST /debt; otherwise every debt waits for its signature
  --port <port>               default: LENDER_PORT, that is PORT + 1
  --data-file <file>          what it received, as JSON lines; default: sandbox-lender.jsonl in the data folder
  --client-public-key <file>  the key that requests are checked with; default: the portal's, in the data folder
  --notify <address>          where its notices go, or none; default: the portal's door for them, below PORTAL_URL
  --api-client-key <key>      the integration key it expects; default: QITECH_API_CLIENT_KEY or the generated one

Example: npm run aceite -- lender --strict --port 4001`,
  run: runLender,
};

/** Runs the sandbox lender until SIGINT or SIGTERM; its address is the first line on `out`. */
async function runLender(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      strict: { type: 'boolean', default: false },
      port: { type: 'string' },
      'data-file': { type: 'string' },
      'client-public-key': { type: 'string' },
      notify: { type: 'string' },
      'api-client-key': { type: 'string' },
    },
  });
  const { mode, dataDir, lenderPort, portalUrl, qitech, timeStamps } = readConfig();
  if (mode !== 'sandbox')
    throw new CommandFailure('The sandbox lender runs in sandbox mode only: set ACEITE_MODE=sandbox.');
  const keys = await sandboxClientKeys({ dataDir, ...qitech });
  const port = portIn(values.port) ?? lenderPort;
  const besides = timeStamps.areSandboxAuthorities && {
    besides: await sandboxAuthorities({ folder: dataDir, names: namesOf(timeStamps), now: () => sandboxNow(dataDir) }),
  };
  const lender = await startSandboxLender({
    port,
    dataFile: values['data-file'] ?? join(dataDir, 'sandbox-lender.jsonl'),
    clientPublicKeyPem: await readFile(values['client-public-key'] ?? keys.publicKeyFile, 'utf8'),
    apiClientKey: values['api-client-key'] ?? keys.apiClientKey,
    isStrict: values.strict,
    lenderPrivateKeyPem: (await sandboxLenderKeys(dataDir)).privateKeyPem,
    ...(values.notify !== 'none' && {
      notify: { url: values.notify ?? absolute(portalUrl, paths.lenderWebhook()), scheme: qitech.authScheme },
    }),
    ...besides,
  }).catch((error: unknown) => {
    throw isPortTaken(error)
      ? new CommandFailure(`Port ${port} is taken. Set LENDER_PORT or --port to a free one.`)
      : error;
  });
  io.out(`Sandbox lender at ${lender.url}`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await lender.stop();
  return exitCodes.ok;
}

const namesOf = ({ authorities }: TimeStampSettings): string[] => authorities.map(({ name }) => name);

function portIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new CommandFailure(`--port ${text} is not a port number.`, exitCodes.usage);
  return port;
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
