import type { PlaywrightWorkerArgs } from '@playwright/test';
import { type PortalProcess, processBeside } from '#lib/testing/portal-process.ts';
import { endPortal, freePort, type RunningPortal, startPortal } from '#lib/testing/running-portal.ts';
import { type WatchedOutbox, watchOutbox } from '#lib/testing/watched-outbox.ts';
import { signedSessions, tallyOf } from './delivered-once.ts';
import { Merchant, type OpenSession } from './merchant.ts';
import { expect, test } from './people.ts';

/** Each stores the signature: one resets the connection at once, the other after its 200 and before the body. */
const losesAnswers = ['100.000.004-42', '100.000.036-20'];
const hourMs = 3_600_000;
/** An outage of days in steps of this: fewer than the lender's rests, which are half a minute. */
const outageStepMs = 300_000;
/** For each acceptance, far more than it takes on two busy cores. */
const limitMsEach = 3_000;

/** The portal, two workers, and a lender that comes and goes as the tests say. */
let portal: RunningPortal;
let outbox: WatchedOutbox;
let lender: PortalProcess;
let worker: PortalProcess;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  portal = await startPortal({ env: { QITECH_BASE_URL: `http://127.0.0.1:${await freePort()}` } });
  outbox = await watchOutbox(portal.dataDir);
  lender = await starts('lender');
  worker = await starts('worker');
});
test.afterAll(async () => {
  for (const one of [worker, lender]) await one.stop();
  await outbox.leave();
  await endPortal(portal);
});

test('a lender that stores each signature and loses each answer has each of them once, and all are delivered', async ({
  playwright,
}, testInfo) => {
  const howMany = Number(testInfo.config.metadata.lostAnswers);
  test.setTimeout(howMany * limitMsEach + 120_000);
  const merchant = await merchantOf(playwright);
  const sessions = await signedSessions(merchant, howMany, losesAnswers);
  const movedMs = await outbox.workFor(48 * hourMs);
  const tally = await toldTally(merchant, sessions, 'answers lost', movedMs);
  expect(tally).toMatchObject(onceEach(howMany));
  const ends = await outbox.look(
    `SELECT status, delivered_by, attempts, count(*)::int AS n FROM deliveries WHERE was_ambiguous GROUP BY 1, 2, 3`,
  );
  expect(ends).toEqual([{ status: 'DELIVERED', delivered_by: 'reconciliation', attempts: 1, n: howMany }]);
});

test('a lender that is down for eighty hours loses nothing: staff are told of each, and then it has each signature once', async ({
  playwright,
}, testInfo) => {
  const howMany = Number(testInfo.config.metadata.outageAcceptances);
  test.setTimeout(howMany * limitMsEach + 240_000);
  const merchant = await merchantOf(playwright);
  await lender.stop();
  const sessions = await signedSessions(merchant, howMany);
  const awayMs = await outbox.workFor(80 * hourMs, outageStepMs);
  const waiting = `FROM deliveries WHERE status <> 'DELIVERED'`;
  const told = () => outbox.look(`SELECT alarms, count(*)::int AS n ${waiting} GROUP BY alarms`);
  await expect
    .poll(told, { timeout: howMany * limitMsEach + 60_000 })
    .toEqual([{ alarms: ['undelivered'], n: howMany }]);
  lender = await starts('lender');
  const backMs = await outbox.workFor(48 * hourMs);
  expect(await toldTally(merchant, sessions, 'eighty hours down', awayMs + backMs)).toMatchObject(onceEach(howMany));
});

const starts = (command: 'worker' | 'lender') =>
  processBeside({ portal: { ...portal.sandbox, dataDir: portal.dataDir }, databaseUrl: outbox.databaseUrl }, command);

async function merchantOf(playwright: PlaywrightWorkerArgs['playwright']): Promise<Merchant> {
  const { sandbox, dataDir } = portal;
  const api = await playwright.request.newContext({ extraHTTPHeaders: { 'X-API-Key': sandbox.apiKey } });
  return new Merchant({ ...sandbox, dataDir }, api);
}

const onceEach = (howMany: number) => ({
  wrong: [],
  delivered: howMany,
  signatures: howMany,
  duplicates: 0,
  sends: howMany,
});

/** Prints them too: a trial is run for its figures. */
async function toldTally(merchant: Merchant, sessions: OpenSession[], what: string, movedMs: number) {
  const tally = await tallyOf(merchant, sessions);
  const calls = await outbox.look<{ kind: string; n: number }>(
    'SELECT kind, count(*)::int AS n FROM delivery_attempts GROUP BY kind ORDER BY kind',
  );
  const counts = {
    ...tally,
    wrong: tally.wrong.length,
    hoursMoved: Math.round(movedMs / 36_000) / 100,
    callsByThePortalSoFar: calls.map(({ kind, n }) => `${kind} ${n}`),
  };
  process.stdout.write(`${what}: ${JSON.stringify(counts)}\n`);
  return tally;
}
