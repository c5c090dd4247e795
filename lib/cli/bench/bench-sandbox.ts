import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { compose } from '#lib/compose.ts';
import { type Config, childEnvironment, loadConfig } from '#lib/config.ts';
import type { MerchantActor, UseCaseContext } from '#lib/usecases/context.ts';
import { createProcessTree } from '../process-tree.ts';
import { makeSandboxSecrets } from '../sandbox-secrets.ts';
import type { BenchCluster, BenchDatabase } from './bench-cluster.ts';
import { makeBenchMerchant } from './bench-portal.ts';
import { freePort } from './free-port.ts';

/** A whole portal in sandbox mode but for its web. Lender and time-stamp authorities are a process of their own: their work is not the portal's. */
export type BenchSandbox = {
  ctx: UseCaseContext;
  merchant: MerchantActor;
  config: Config;
  database: BenchDatabase;
  /** The worker, or several, and the log's signer in processes of their own, as `npm start` runs them; answers how to stop them. */
  startProcesses(workers?: number): () => Promise<void>;
  end(): Promise<void>;
};

export async function openBenchSandbox(
  cluster: BenchCluster,
  onProgress: (message: string) => void,
  name = 'evidence',
): Promise<BenchSandbox> {
  const database = await cluster.newDatabase(`bench_${name}`, 'sandbox');
  const dataDir = join(cluster.folder, `sandbox-${name}`);
  await mkdir(dataDir, { mode: 0o700 });
  const settings = { ...blankSettings, ...(await ownSettings(database, dataDir)) };
  const config = configOf(settings);
  const stopLender = await startLender(config, settings, onProgress);
  const program = await compose(config);
  return {
    ctx: program,
    ...(await makeBenchMerchant(program)),
    config,
    database,
    startProcesses: (workers = 1) => startProcesses(settings, workers, onProgress),
    end: async () => {
      await program.end();
      await stopLender();
    },
  };
}

const lenderStartLimitMs = 60_000;
const lenderLookEveryMs = 50;

/** What a developer may have set, and children would inherit: a blank setting is as good as none. */
const blankSettings = {
  ACEITE_KEYS_FILE: '',
  ACEITE_LOG_PUBLIC_KEYS: '',
  ACEITE_TIME_STAMP_AUTHORITIES: '',
  ACEITE_TIME_STAMP_ROOTS_FILE: '',
  QITECH_API_CLIENT_KEY: '',
  QITECH_AUTH_SCHEME: '',
  QITECH_BASE_URL: '',
  QITECH_PRIVATE_KEY_FILE: '',
  QITECH_PUBLIC_KEY_FILE: '',
  QITECH_SIGNATURE_TYPE: '',
  QITECH_TIMESTAMP_ZONE: '',
  SMTP_URL: '',
} as const;

async function ownSettings({ url, ownerUrl }: BenchDatabase, dataDir: string) {
  return {
    ACEITE_MODE: 'sandbox',
    ACEITE_DATA_DIR: dataDir,
    ACEITE_LOG_KEY_FILE: join(dataDir, 'log.key'),
    DATABASE_URL: url,
    MIGRATION_DATABASE_URL: ownerUrl,
    LENDER_PORT: String(await freePort()),
    LOG_LEVEL: 'error',
  };
}

type Settings = Awaited<ReturnType<typeof ownSettings>> & typeof blankSettings;

function configOf(settings: Settings): Config {
  const loaded = loadConfig(settings);
  if (!loaded.ok) throw new Error(`the settings of a benchmark are wrong: ${loaded.problems.join(' ')}`);
  return loaded.config;
}

async function startLender(
  config: Config,
  settings: Settings,
  onProgress: (message: string) => void,
): Promise<() => Promise<void>> {
  await makeSandboxSecrets({ ...config, databaseUrl: settings.DATABASE_URL });
  const tree = createProcessTree({ out: onProgress, err: onProgress }, false);
  // Without a web nobody would hear its notices, and signing each of them again and again would take the time of what is measured.
  const args = ['lender', '--notify', 'none'];
  tree.start({ name: 'The lender', args, env: childEnvironment(settings), whenItEnds: 'start it again' });
  const givenUpAt = performance.now() + lenderStartLimitMs;
  while (!(await listens(config.lenderPort))) {
    if (performance.now() > givenUpAt) throw new Error('the lender of a benchmark does not start');
    await pause(lenderLookEveryMs);
  }
  return () => tree.stop();
}

function listens(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      settle(true);
    });
    socket.once('error', () => settle(false));
  });
}

function startProcesses(
  settings: Settings,
  workers: number,
  onProgress: (message: string) => void,
): () => Promise<void> {
  const tree = createProcessTree({ out: onProgress, err: onProgress }, false);
  const env = childEnvironment(settings);
  for (let started = 0; started < workers; started += 1)
    tree.start({ name: 'Worker', args: ['worker'], env, whenItEnds: 'start it again' });
  tree.start({ name: "Log's signer", args: ['log-signer'], env, whenItEnds: 'start it again' });
  return () => tree.stop();
}
