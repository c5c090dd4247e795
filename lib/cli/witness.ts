import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { parseArgs } from 'node:util';
import {
  formatVerifierKey,
  isKeyName,
  parseVerifierKey,
  signatureTypes,
  type VerifierKey,
} from '#lib/evidence/log/verifier-key.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { openWitnessFolder } from './witness/witness-folder.ts';
import { witnessServer } from './witness/witness-server.ts';

/** Others keep signatures under the name. */
const nameLengthMax = 150;
/** A request that is under way when the witness is asked to end is answered, but not waited for longer than this. */
const endingMs = 5_000;

export const command: Command = {
  name: 'witness',
  summary: 'watch transparency logs and cosign what they show, for a merchant or a lender',
  usage: `Usage: npm run aceite -- witness --log <key> --data <folder> [options]

Signs the checkpoints of logs (c2sp.org/tlog-witness), each only when it extends all that it signed before. Run it on a
machine that the portal's operator has no hand in. It needs no database and no settings. Runs until SIGINT or SIGTERM.

  --log <key>       the verifier key of a log to watch, name+id+key; may be given several times
  --data <folder>   where its own key and what it has seen are kept; made at the first start. Back it up as a whole, and
                    never start a second witness from a copy
  --port <port>     default: 3080; 0 takes any free port
  --host <address>  the address to listen on; default: 127.0.0.1
  --name <name>     how its key is called, at the first start; an address without https:// is usual. Default: witness
  --adopt           begin again when the file of what it has seen is lost for good

Example: npm run aceite -- witness --log sign.example.com/log+5ad1c2e7+AfQ… --data ./witness --port 3080`,
  run: runWitness,
};

/** Runs a witness until SIGINT or SIGTERM. Its key and its address are the first lines on `out`. */
async function runWitness(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      log: { type: 'string', multiple: true, default: [] },
      data: { type: 'string' },
      port: { type: 'string', default: '3080' },
      host: { type: 'string', default: '127.0.0.1' },
      name: { type: 'string' },
      adopt: { type: 'boolean', default: false },
    },
  });
  const logs = values.log.map(logKey);
  if (logs.length === 0) throw misuse('Name the log to watch with --log, and its verifier key.');
  if (values.data === undefined) throw misuse('Name the folder of the witness with --data.');
  const place = { host: values.host, port: portIn(values.port) };
  const folder = await openWitnessFolder(values.data, { name: nameIn(values.name), isAdopted: values.adopt });
  try {
    const server = witnessServer({ folder, logs, clock: () => new Date(), warn: io.err });
    const url = await listen(server, place);
    io.out(`Witness key ${formatVerifierKey(folder.key)}`);
    io.out(`Witness at ${url}`);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await end(server);
  } finally {
    await folder.release();
  }
  return exitCodes.ok;
}

function logKey(text: string): VerifierKey {
  const reading = parseVerifierKey(text);
  if (!reading.ok) throw misuse(`--log ${text} is not a verifier key (${reading.code}).`);
  if (reading.key.type !== signatureTypes.note) throw misuse(`--log ${text} is the key of a witness, not of a log.`);
  return reading.key;
}

function nameIn(name: string | undefined): string | undefined {
  if (name === undefined || (isKeyName(name) && name.length <= nameLengthMax)) return name;
  throw misuse(`--name ${name} is empty, longer than ${nameLengthMax} characters, or holds a blank or a plus.`);
}

function portIn(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw misuse(`--port ${text} is not a port number.`);
  return port;
}

const misuse = (message: string): CommandFailure => new CommandFailure(message, exitCodes.usage);

async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(
      `Nobody can listen on ${host}:${port} (${error.code}). Set --host or --port to another one.`,
    );
  });
  const bound = server.address() as AddressInfo;
  return `http://${isIPv6(bound.address) ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

async function end(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), endingMs);
  const closed = once(server, 'close');
  server.close();
  await closed;
  clearTimeout(cut);
}
