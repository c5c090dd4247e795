import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnvironment } from '#lib/config.ts';
import { generateClientKeyPair } from '#lib/providers/qitech/client-keys.ts';
import { CommandFailure } from '../command.ts';
import { waitUntilReady } from '../ready.ts';
import type { BenchDatabase } from './bench-cluster.ts';
import { type BenchPortal, benchPortalUrl } from './bench-portal.ts';
import { freePort } from './free-port.ts';

/** A web process as production runs it, with only the benchmark as its proxy in front. */
export type WebProcess = { port: number; pid: number; end(): Promise<void> };

const host = '127.0.0.1';
const program = join(import.meta.dirname, '..', 'main.ts');

/** Starts one on the portal's database and waits until it is ready. The build must be there. */
export async function startWebProcess(
  portal: BenchPortal,
  database: BenchDatabase,
  folder: string,
): Promise<WebProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [program, 'serve', '--prepared'], {
    env: await productionSettings(portal, database, folder, port),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  const gone = new AbortController();
  child.once('exit', () => gone.abort());
  await waitUntilReady(host, port, gone.signal);
  if (gone.signal.aborted || child.pid === undefined) throw new CommandFailure(`The web did not start:\n${complaints}`);
  return {
    port,
    pid: child.pid,
    end: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

async function productionSettings(portal: BenchPortal, database: BenchDatabase, folder: string, port: number) {
  const lenderKeyFile = join(folder, 'lender-key.pem');
  await writeFile(lenderKeyFile, generateClientKeyPair().privateKeyPem, { mode: 0o600 });
  return childEnvironment({
    NODE_ENV: 'production',
    ACEITE_MODE: 'production',
    HOST: host,
    PORT: String(port),
    PORTAL_URL: benchPortalUrl,
    ACEITE_DATA_DIR: folder,
    DATABASE_URL: database.url,
    MIGRATION_DATABASE_URL: database.url,
    ACEITE_KEYS_FILE: portal.keysFile,
    TRUSTED_PROXIES: host,
    CLIENT_PORT_HEADER: '',
    // Nobody calls a lender: the web only makes the bodies.
    QITECH_BASE_URL: 'https://lender.invalid',
    QITECH_API_CLIENT_KEY: 'bench',
    QITECH_PRIVATE_KEY_FILE: lenderKeyFile,
    LOG_LEVEL: 'info',
  });
}
