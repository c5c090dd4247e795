import { adoptEnvironment, type Config } from '#lib/config.ts';
import { buildIfStale, projectFolder } from './build.ts';
import { type Command, CommandFailure, exitCodes } from './command.ts';
import { checkPorts } from './ports.ts';
import { readConfig } from './read-config.ts';
import { refuseUnusableKeys } from './refuse-unusable-keys.ts';
import { runningDatabaseOf } from './running-database.ts';

/** A request that is still running after this has lost its client, or will be sent again by it. */
const drainLimitMs = 10_000;
/** A proxy in front keeps connections open for up to a minute; the side that closes first must not be ours. */
const keepAliveMs = 65_000;

export const command: Command = {
  name: 'serve',
  summary: 'the web process alone: pages, API, dashboard (any number of them on one database)',
  usage: `Usage: npm run aceite -- serve

Serves the portal on HOST:PORT. Needs a migrated database (npm run aceite -- migrate) and builds the portal when its
sources have changed. SIGTERM lets running requests finish, up to ${drainLimitMs / 1000} seconds, and ends with 0.
`,
  async run(args, io) {
    const isHot = args.includes('--hot');
    const config = readConfig();
    runningDatabaseOf(config);
    refuseUnusableKeys(config);
    // A portal that starts us has looked at both already.
    if (!isHot && !args.includes('--prepared')) {
      await buildIfStale({ onProgress: io.err });
      const taken = await checkPorts([{ host: config.host, port: config.port, setting: 'PORT' }]);
      if (taken.length > 0) throw new CommandFailure(taken.join('\n'));
    }
    await serve(config, isHot);
    return exitCodes.ok;
  },
};

/** Runs Next inside this process: one process less, and nobody between a signal and the server that has to drain. */
async function serve({ host, port }: Config, isHot: boolean): Promise<void> {
  adoptEnvironment({
    NODE_ENV: isHot ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    // What `next dev` sets for the server that it starts.
    ...(isHot && { TURBOPACK: 'auto', __NEXT_DEV_SERVER: '1' }),
  });
  const { startServer } = await import('next/dist/server/lib/start-server.js');
  endWithZero();
  await startServer({
    dir: projectFolder,
    isDev: isHot,
    hostname: host,
    port,
    allowRetry: false,
    keepAliveTimeout: keepAliveMs,
  });
}

/** Next drains on a signal and then reports the signal as its exit code; asked to end, we have ended well. */
function endWithZero(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(), drainLimitMs).unref();
      process.once('exit', () => {
        process.exitCode = exitCodes.ok;
      });
    });
  }
}
