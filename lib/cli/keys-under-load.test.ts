import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { childEnvironment } from '#lib/config.ts';
import { countWrappingKeyUses, retireWrappingKey } from '#lib/db/session-keys.ts';
import { acceptedSession, createdSession } from '#lib/testing/journey.ts';
import { keyringOf, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readEvidence } from '#lib/usecases/merchant/read-evidence.ts';
import { deliverNext } from '#lib/usecases/system/deliver-acceptance.ts';
import { readKeyFile } from '#lib/vault/key-file.ts';
import { removeWrappingKey } from '#lib/vault/key-file-changes.ts';
import { createKeyring } from '#lib/vault/keyring.ts';

const run = promisify(execFile);
const main = join(import.meta.dirname, 'main.ts');

let portal: TestPortal;
let dataDir: string;
beforeAll(async () => {
  portal = await startTestPortal();
  dataDir = mkdtempSync(join(tmpdir(), 'aceite-rotation-'));
});
afterAll(async () => {
  await portal.end();
  rmSync(dataDir, { recursive: true });
});

/** One command in a process of its own, beside the portal. */
async function keys(...argv: string[]): Promise<Record<string, unknown>> {
  const env = childEnvironment({
    ACEITE_DATA_DIR: dataDir,
    DATABASE_URL: portal.databaseUrl,
    ACEITE_KEYS_FILE: portal.keysFile,
  });
  return JSON.parse((await run(process.execPath, [main, 'keys', ...argv, '--json'], { env })).stdout);
}

test('while people sign and the worker delivers, two rotations lose and refuse nothing', {
  timeout: 120_000,
}, async () => {
  const stale = createKeyring(readKeyFile(portal.keysFile));
  const traffic = startTraffic();
  const rotated: unknown[] = [];
  for (let turn = 0; turn < 2; turn += 1) {
    rotated.push((await keys('rotate')).wrappingKeyId);
    expect(await keys('rewrap')).toMatchObject({ current: rotated[turn], unreadable: [] });
  }
  const accepted = await traffic.stop();
  expect(accepted.length).toBeGreaterThan(2);
  // Whatever a process that had not noticed wrote in the last second.
  expect(await keys('rewrap')).toMatchObject({ left: [], unreadable: [] });
  expect([...(await countWrappingKeyUses(portal.ctx.db)).keys()]).toEqual([rotated[1]]);

  const fresh = { ...portal.ctx, keys: keyringOf(portal.keysFile) };
  for (const id of accepted) {
    const evidence = JSON.stringify(await readEvidence(fresh, portal.merchant, id));
    expect(evidence).toContain('Maria Exemplo da Silva');
  }
  const [delivered] = await portal.asOwner<{ n: number }>(
    `SELECT count(*)::int AS n FROM deliveries WHERE status = 'DELIVERED'`,
  );
  expect(delivered?.n).toBe(accepted.length);

  // A machine whose copy of the file is older than the removal writes nothing that the others could never read.
  const at = new Date(Date.now() + 26 * 3_600_000);
  const retire = () => retireWrappingKey(portal.ctx.db, 'k1');
  expect(await removeWrappingKey(portal.keysFile, { id: 'k1', at, retire })).toEqual({ ok: true });
  const old = { ...portal, ctx: { ...portal.ctx, keys: stale } };
  await expect(createdSession(old)).rejects.toThrow('the wrapping key k1 was taken away');
  await createdSession(portal);
});

/** A web process and a worker, each with keys of its own, busy until they are stopped; the first fault of either is thrown then. */
function startTraffic(): { stop(): Promise<string[]> } {
  const worker = { ...portal.ctx, keys: keyringOf(portal.keysFile) };
  const accepted: string[] = [];
  let isStopped = false;
  const sign = async () => {
    while (!isStopped) accepted.push((await acceptedSession(portal)).session.signingSessionId);
  };
  const deliver = async () => {
    while ((await deliverNext(worker)) || !isStopped);
  };
  const signing = Promise.all([sign(), sign()]);
  const delivering = deliver();
  return {
    stop: async () => {
      isStopped = true;
      await signing;
      await delivering;
      while (await deliverNext(worker));
      return accepted;
    },
  };
}
