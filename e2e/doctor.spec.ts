import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { endPortal, startPortal } from '#lib/testing/running-portal.ts';
import { expect, test } from './people.ts';

const main = join(import.meta.dirname, '..', 'lib', 'cli', 'main.ts');

type Told = { ok: boolean; checks: { id: string; status: string; sentence: string }[] };

/** As a person asks beside a running portal, with the settings that it was started with. */
function doctor(settings: Record<string, string>): Promise<{ code: number; told: Told }> {
  const env = { NODE_ENV: 'test', PATH: '/usr/bin:/bin', ...settings } as const;
  return new Promise((settle) => {
    execFile(process.execPath, [main, 'doctor', '--json'], { env }, (error, stdout) =>
      settle({ code: Number(error?.code ?? 0), told: JSON.parse(stdout) }),
    );
  });
}

// A portal of its own: in the one that all share others leave deliveries that are meant to be stuck.
test('a healthy sandbox passes whole, its web asked through its own address', async () => {
  test.setTimeout(300_000);
  const portal = await startPortal();
  try {
    const [port, lenderPort] = [portal.sandbox.portalUrl, portal.sandbox.lenderUrl].map((url) => new URL(url).port);
    const { code, told } = await doctor({
      ACEITE_DATA_DIR: portal.dataDir,
      PORT: `${port}`,
      LENDER_PORT: `${lenderPort}`,
    });
    expect(told.checks.filter(({ status }) => status === 'failed')).toEqual([]);
    expect([code, told.ok]).toEqual([0, true]);
    const well = told.checks.filter(({ status }) => status === 'ok').map(({ id }) => id);
    const place = ['settings', 'data-folder', 'database', 'migrations', 'durability', 'walls', 'connections', 'clock'];
    const others = ['proxies', 'lender', 'time-stamps', 'key-file', 'log-key', 'wrapping-keys', 'log', 'deliveries'];
    expect(well).toEqual(expect.arrayContaining([...place, ...others]));
  } finally {
    await endPortal(portal);
  }
});
