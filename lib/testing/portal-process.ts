import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { childEnvironment } from '#lib/config.ts';
import type { SandboxFile } from './running-portal.ts';

const main = join(import.meta.dirname, '..', 'cli', 'main.ts');
const startLimitMs = 60_000;
const lookAgainMs = 50;

type Portal = { portal: SandboxFile & { dataDir: string }; databaseUrl: string };

/** A process that works beside a running portal. */
export type PortalProcess = { stop(): Promise<void> };

/** One more worker, or the sandbox lender of a portal that starts none itself because it is told where its lender is. */
export async function processBeside(
  { portal, databaseUrl }: Portal,
  command: 'worker' | 'lender',
): Promise<PortalProcess> {
  const child = spawn(process.execPath, [main, command], {
    env: childEnvironment({
      ACEITE_DATA_DIR: portal.dataDir,
      DATABASE_URL: databaseUrl,
      PORTAL_URL: portal.portalUrl,
      LENDER_PORT: new URL(portal.lenderUrl).port,
      QITECH_BASE_URL: portal.lenderUrl,
      LOG_LEVEL: 'warn',
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  // A worker says nothing, and whoever waits for what it does notices its absence.
  for (let waitedMs = 0; command === 'lender' && !/ at http/.test(printed); waitedMs += lookAgainMs) {
    if (child.exitCode !== null || waitedMs > startLimitMs)
      throw new Error(`the ${command} did not start:\n${printed}`);
    await pause(lookAgainMs);
  }
  return {
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
