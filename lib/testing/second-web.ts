import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { childEnvironment } from '#lib/config.ts';
import { paths } from '#lib/paths.ts';
import type { SandboxFile } from './running-portal.ts';

const main = join(import.meta.dirname, '..', 'cli', 'main.ts');
const startLimitMs = 60_000;
const lookAgainMs = 100;

type Portal = { portal: SandboxFile & { dataDir: string }; databaseUrl: string; settings?: Record<string, string> };

/** One more web process on the database of a running portal, as production runs several; `settings` on top of the portal's own. */
export async function webProcessAt(
  port: number,
  { portal, databaseUrl, settings = {} }: Portal,
): Promise<{ url: string; stop(): Promise<void> }> {
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [main, 'serve'], {
    env: {
      ...childEnvironment({
        ACEITE_DATA_DIR: portal.dataDir,
        DATABASE_URL: databaseUrl,
        PORT: String(port),
        PORTAL_URL: url,
        LENDER_PORT: new URL(portal.lenderUrl).port,
        LOG_LEVEL: 'warn',
      }),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  for (let waitedMs = 0; !(await isReady(url)); waitedMs += lookAgainMs) {
    if (child.exitCode !== null || waitedMs > startLimitMs)
      throw new Error(`the second web process did not start:\n${printed}`);
    await pause(lookAgainMs);
  }
  return {
    url,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}${paths.ready()}`).then(
    (answer) => answer.ok,
    () => false,
  );
}
