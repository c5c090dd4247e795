import { existsSync } from 'node:fs';
import { type Config, childEnvironment } from '#lib/config.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#lib/db/embedded-postgres.ts';
import { buildIfStale } from './build.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { type KeptPostgres, keepPostgres } from './keep-postgres.ts';
import { checkPorts } from './ports.ts';
import { type PreparedDatabase, prepareDatabase } from './prepare-database.ts';
import { type ChildPlan, createProcessTree, type ProcessTree } from './process-tree.ts';
import { readConfig } from './read-config.ts';
import { waitUntilReady } from './ready.ts';
import { refuseUnusableKeys } from './refuse-unusable-keys.ts';
import { prepareSandbox } from './sandbox-fixtures.ts';
import { removeSandboxFile, type SandboxFixtures, welcome, writeSandboxFile } from './welcome.ts';

export const command: Command = {
  name: 'start',
  summary: "the whole portal: database, migrations, web, worker, the log's signer and, in sandbox mode, the lender",
  usage: `Usage: npm start

Starts everything, in sandbox mode unless ACEITE_MODE=production: an embedded Postgres (or the one that DATABASE_URL names),
its migrations, the web, the worker, the signer of the public log and the sandbox lender. Builds the portal when its sources
have changed. Prints a signing link, a staff login and an API key, and writes them to sandbox.json in the data folder
(ACEITE_DATA_DIR).

Ctrl-C or SIGTERM stops all of it in order and exits 0; the data stay. A second Ctrl-C does not wait.
`,
  run: (_args, io) => runPortal(io, false),
};

/** Runs the whole portal until it is asked to stop, which is success, or until it cannot go on. */
export async function runPortal(io: CommandIo, isHot: boolean): Promise<number> {
  const config = readConfig();
  // A sandbox makes its own, or says why it will not.
  if (config.mode === 'production') refuseUnusableKeys(config);
  const tree = createProcessTree(io, config.logLevel === 'debug');
  refuseMissingLogKey(config);
  const halt = listenForStop(io, tree);
  const stops: (() => Promise<void>)[] = [];
  try {
    await refuseTakenPorts(config);
    const prepared = await prepare(config, io, halt, stops, isHot);
    if (prepared) stops.unshift(() => tree.stop());
    const lost = Promise.race([tree.lost, ...(prepared?.postgres ? [prepared.postgres.lost] : [])]);
    if (prepared && !halt.signal.aborted) await openPortal(prepared, { tree, lost }, io, halt.signal, isHot);
    if (halt.signal.aborted) return exitCodes.ok;
    const sentence = await Promise.race([lost, aborted(halt.signal)]);
    if (sentence === undefined) return exitCodes.ok;
    throw new CommandFailure(`${sentence} Without it there is no portal, so everything was stopped; the data stay.`);
  } finally {
    for (const stop of stops) await stop();
    halt.done();
  }
}

type Halt = { signal: AbortSignal; stop(): void; done(): void };

/**
 * The first signal stops in order. Only a second Ctrl-C hurries: a SIGTERM often follows the terminal's own SIGINT, passed on by
 * npm and boot.mjs, and brings no news.
 */
function listenForStop(io: CommandIo, tree: ProcessTree): Halt {
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => {
    if (!controller.signal.aborted) {
      io.err("Stopping: web, worker, log's signer, lender, Postgres. The data stay.");
      controller.abort();
    } else if (signal === 'SIGINT') tree.hurry();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: controller.signal,
    stop: () => controller.abort(),
    done: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}

/** Told at the start, and not by a signer that comes back in vain: without it no session would ever get its proof. */
function refuseMissingLogKey({ mode, logKeyFile }: Config): void {
  if (mode === 'sandbox' || (logKeyFile !== undefined && existsSync(logKeyFile))) return;
  const fault = logKeyFile === undefined ? 'is missing' : 'names a file that is not there';
  throw new CommandFailure(
    `ACEITE_LOG_KEY_FILE ${fault}. Set it to the path of the log-signing key. A new one is made by: npm run aceite -- log-signer --new-key`,
  );
}

async function refuseTakenPorts({ host, port, lenderPort, qitech }: Config): Promise<void> {
  const lender = { host: '127.0.0.1', port: lenderPort, setting: 'LENDER_PORT' };
  const taken = await checkPorts([{ host, port, setting: 'PORT' }, ...(qitech.isSandboxLender ? [lender] : [])]);
  if (taken.length > 0) throw new CommandFailure(taken.join('\n'));
}

type Prepared = {
  config: Config;
  database: PreparedDatabase;
  /** Absent when the server is somebody else's. */
  postgres: KeptPostgres | undefined;
  fixtures: SandboxFixtures | undefined;
};

/** Database and build do not need each other. When one fails, the other is not waited for longer than it takes to end it. */
async function prepare(
  config: Config,
  io: CommandIo,
  halt: Halt,
  stops: (() => Promise<void>)[],
  isHot: boolean,
): Promise<Prepared | undefined> {
  const failures: unknown[] = [];
  const together = async <T>(work: Promise<T>): Promise<T | undefined> => {
    try {
      return await work;
    } catch (error) {
      failures.push(error);
      halt.stop();
      return undefined;
    }
  };
  const [prepared] = await Promise.all([
    together(prepareData(config, io, stops)),
    isHot ? undefined : together(buildIfStale({ onProgress: io.err, signal: halt.signal })),
  ]);
  if (failures.length > 0) throw failures[0];
  return prepared;
}

async function prepareData(config: Config, io: CommandIo, stops: (() => Promise<void>)[]): Promise<Prepared> {
  await removeSandboxFile(config);
  const database = await prepareDatabase(config, io.err);
  const postgres = database.embedded && keepEmbedded(config, database.embedded, io);
  stops.push(() => (postgres ?? database).stop());
  const wired = { ...config, databaseUrl: database.url, migrationDatabaseUrl: database.ownerUrl };
  const fixtures = config.mode === 'sandbox' ? await prepareSandbox(wired) : undefined;
  return { config: wired, database, postgres, fixtures };
}

/** The web and the worker connect again by themselves, but only to the address that they were started with. */
function keepEmbedded({ dataDir }: Config, embedded: EmbeddedPostgres, io: CommandIo): KeptPostgres {
  const port = Number(new URL(embedded.appUrl).port);
  return keepPostgres(embedded, () => startEmbeddedPostgres({ dataDir, purpose: 'portal', port }), io.err);
}

type Running = { tree: ProcessTree; lost: Promise<string> };

async function openPortal(
  { config, database, fixtures }: Prepared,
  { tree, lost }: Running,
  io: CommandIo,
  signal: AbortSignal,
  isHot: boolean,
): Promise<void> {
  for (const plan of planChildren(config, database, isHot)) tree.start(plan);
  const settled = new AbortController();
  const either = AbortSignal.any([signal, settled.signal]);
  const isLost = lost.then(() => settled.abort());
  await Promise.race([waitUntilReady(config.host, config.port, either), isLost]);
  if (either.aborted) return;
  if (fixtures) await writeSandboxFile(config, fixtures);
  tree.unmute();
  io.out(welcome(config, fixtures));
}

/** In the order in which they will be stopped: nobody new comes in, then what came in is delivered, then the lender may go. */
function planChildren(config: Config, database: PreparedDatabase, isHot: boolean): ChildPlan[] {
  const env = childEnvironment({
    ACEITE_DATA_DIR: config.dataDir,
    DATABASE_URL: database.url,
    // No child may change tables; a setting of the owner's connection must not reach it by another way either.
    MIGRATION_DATABASE_URL: database.url,
    NODE_ENV: isHot ? 'development' : 'production',
  });
  // Nobody but the signer is told where the key of the log is; blank counts as not set.
  const others = { ...env, ACEITE_LOG_KEY_FILE: '' };
  const lender: ChildPlan = { name: 'The lender', args: ['lender'], env: others, whenItEnds: 'start it again' };
  return [
    {
      name: 'The web',
      args: ['serve', isHot ? '--hot' : '--prepared'],
      env: others,
      whenItEnds: 'stop everything',
    },
    { name: 'The worker', args: ['worker'], env: others, whenItEnds: 'start it again' },
    { name: "The log's signer", args: ['log-signer'], env, whenItEnds: 'start it again' },
    ...(config.qitech.isSandboxLender ? [lender] : []),
  ];
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((settle) => {
    if (signal.aborted) settle(undefined);
    signal.addEventListener('abort', () => settle(undefined), { once: true });
  });
}
