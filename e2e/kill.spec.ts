import { randomInt } from 'node:crypto';
import pg from 'pg';
import { descendantsOf, killAll } from '#lib/testing/process-family.ts';
import { databaseOf, endPortal, freePort, type RunningPortal, startPortal } from '#lib/testing/running-portal.ts';
import { HttpSigner } from './http-signer.ts';
import { Merchant } from './merchant.ts';
import { expect, test } from './people.ts';

/** The moment of the kill, from long before the answer to long after the delivery. */
const delayMsMax = 400;
/** Longer than a lease: what a dead worker held is claimed again. */
const leaseOverMs = 60_000;

test.describe.configure({ mode: 'serial' });

test('an acknowledged acceptance survives kill -9 of the whole tree, and the lender has exactly one signature', async ({
  playwright,
}, testInfo) => {
  const rounds = Number(testInfo.config.metadata.killRounds);
  test.setTimeout(rounds * 60_000 + 120_000);
  const ports = { web: await freePort(), lender: await freePort() };
  let portal = await startPortal({ ports });
  try {
    for (let round = 0; round < rounds; round += 1) {
      const delayMs = randomInt(delayMsMax);
      await test.step(`round ${round + 1}: killed ${delayMs} ms after the accept was posted`, async () => {
        portal = await surviveKill(portal, ports, delayMs, { withPostgres: round === rounds - 1 }, playwright);
      });
    }
  } finally {
    await endPortal(portal);
  }
});

type Playwright = Parameters<Parameters<typeof test>[2]>[0]['playwright'];

async function surviveKill(
  portal: RunningPortal,
  ports: { web: number; lender: number },
  delayMs: number,
  { withPostgres }: { withPostgres: boolean },
  playwright: Playwright,
): Promise<RunningPortal> {
  const api = await playwright.request.newContext({ extraHTTPHeaders: { 'X-API-Key': portal.sandbox.apiKey } });
  const merchant = new Merchant({ ...portal.sandbox, dataDir: portal.dataDir }, api);
  const session = await merchant.createsSession();
  const signer = await HttpSigner.opens(session);
  const offer = await signer.readsOffer();
  const answer = signer.accepts(offer).catch(() => undefined);
  await Promise.race([new Promise((settle) => setTimeout(settle, delayMs)), answer.then(() => new Promise(() => {}))]);
  if (withPostgres) await killPostgres(portal.dataDir);
  await portal.kill();
  const acknowledged = (await answer)?.location.endsWith('/receipt') === true;

  const next = await startPortal({ dataDir: portal.dataDir, ports });
  if (acknowledged) expect((await merchant.reads(session.signingSessionId)).status).toBe('COMPLETED');
  // The person presses again: the same receipt if it was signed, a first one if it was not.
  const again = await signer.accepts(offer);
  expect(again.location).toMatch(/\/receipt$/);
  // A worker that died while sending leaves a doubt: the lender is asked, and asked again after a minute, before the bytes go again.
  const deliveryStatus = async () => {
    await advanceClock(next.dataDir);
    const now = await merchant.reads(session.signingSessionId);
    return now.status === 'COMPLETED' ? now.delivery.status : now.status;
  };
  await expect.poll(deliveryStatus, { timeout: 60_000, intervals: [1_000] }).toBe('DELIVERED');
  const { received } = await merchant.lenderRecordOf(session.debtKey);
  expect(received.filter(({ verdict }) => verdict === 'accepted')).toHaveLength(1);
  expect(received.filter(({ verdict }) => verdict === 'already_signed')).toEqual([]);
  await api.dispose();
  return next;
}

async function killPostgres(dataDir: string): Promise<void> {
  const { pid } = await databaseOf(dataDir);
  killAll([pid, ...descendantsOf(pid).map((child) => child.pid)]);
}

async function advanceClock(dataDir: string): Promise<void> {
  const database = await databaseOf(dataDir);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('SELECT aceite_move_clock($1)', [leaseOverMs]);
  await owner.end();
  await database.leave();
}
