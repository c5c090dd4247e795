import type { Page } from '@playwright/test';
import { paths } from '#lib/paths.ts';
import type { SessionView } from '#lib/schema/session.ts';
import { commandAt } from '#lib/testing/portal-command.ts';
import { endPortal, startPortal } from '#lib/testing/running-portal.ts';
import { HttpSigner } from './http-signer.ts';
import { Merchant } from './merchant.ts';
import { expect, test } from './people.ts';
import { maria } from './signer.ts';

/** One row of the table, as a merchant's developer reads it at /docs. */
type Row = { cpf: string; does: string; endsAs: string; how: string };

/** The longest wait that a row of the table asks for is an hour. */
const skippedAtOnce = '61m';

/** The stalling row alone keeps the portal waiting for as long as its patience lasts. */
const allRowsLimitMs = 180_000;

test('the sandbox lender does what its table at /docs says, row by row, and never gets other bytes', async ({
  page,
  playwright,
}) => {
  test.setTimeout(allRowsLimitMs);
  // Waits are skipped by moving the clock, which would let the sessions of other tests lapse: this portal is nobody else's.
  const portal = await startPortal();
  const api = await playwright.request.newContext({ extraHTTPHeaders: { 'X-API-Key': portal.sandbox.apiKey } });
  try {
    const merchant = new Merchant({ ...portal.sandbox, dataDir: portal.dataDir }, api);
    const rows = await readTable(page, portal.sandbox.portalUrl);
    expect(rows.length).toBeGreaterThan(1);
    const sessions = await Promise.all(rows.map((row) => signedBy(row, merchant)));
    await deliverAll(sessions, rows, merchant, () => commandAt(portal.dataDir, 'clock', 'advance', skippedAtOnce));
    for (const [index, row] of rows.entries()) await expectAsWritten(row, sessions[index] as SessionView, merchant);
  } finally {
    await api.dispose();
    await endPortal(portal);
  }
});

async function readTable(page: Page, portalUrl: string): Promise<Row[]> {
  await page.goto(`${portalUrl}${paths.docs()}`);
  const table = page.getByRole('table', { name: 'What the sandbox lender does, by CPF' });
  const rows = await table
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })
    .all();
  return Promise.all(
    rows.map(async (row) => {
      const [does = '', endsAs = '', how = ''] = await row.getByRole('cell').allTextContents();
      return { cpf: await row.getByRole('rowheader').innerText(), does, endsAs, how };
    }),
  );
}

async function signedBy({ cpf }: Row, merchant: Merchant): Promise<SessionView> {
  const session = await merchant.createsSession();
  const signer = await HttpSigner.opens(session);
  const offer = await signer.readsOffer({ ...maria, identity: /\d/.test(cpf) ? cpf : maria.identity });
  expect((await signer.accepts(offer)).location).toMatch(/\/receipt$/);
  return session;
}

/** Moves the clock on whenever nothing is on its way, until every delivery stands where its row says that it ends. */
async function deliverAll(
  sessions: SessionView[],
  rows: Row[],
  merchant: Merchant,
  skipWait: () => Promise<unknown>,
): Promise<void> {
  const wanted = rows.map(({ cpf, endsAs }) => `${cpf}: ${endsAs}`);
  const seen = async () => {
    const now = await Promise.all(sessions.map(({ signingSessionId }) => statusOf(signingSessionId, merchant)));
    if (!now.some((status) => status === 'QUEUED' || status === 'SENDING')) await skipWait();
    return rows.map(({ cpf }, index) => `${cpf}: ${now[index]}`);
  };
  await expect.poll(seen, { timeout: allRowsLimitMs / 2, intervals: [500] }).toEqual(wanted);
}

async function statusOf(id: string, merchant: Merchant): Promise<string> {
  const session = await merchant.reads(id);
  return session.status === 'COMPLETED' ? session.delivery.status : session.status;
}

async function expectAsWritten(
  row: Row,
  { debtKey, signingSessionId }: SessionView,
  merchant: Merchant,
): Promise<void> {
  const { received, status } = await merchant.lenderRecordOf(debtKey);
  const sends = received.filter(({ method }) => method === 'POST');
  const told = `${row.cpf}, "${row.how}": ${received.map(({ method, verdict }) => `${method} ${verdict}`).join(', ')}`;
  expect(sends.length, told).toBe(sendsIn(row.how));
  expect(new Set(sends.map(({ bodyBase64 }) => bodyBase64)).size, `${told}: the bytes of all sends`).toBe(1);
  const otherwise = /^Cancels/.test(row.does) ? 'canceled' : 'waiting_signature';
  expect(status, told).toBe(row.endsAs === 'DELIVERED' ? 'signed' : otherwise);
  if (row.endsAs !== 'REJECTED') return;
  const words = /\b[A-Z]{3}\d{6}\b/.exec(row.does)?.[0];
  if (words === undefined) return;
  expect(await merchant.reads(signingSessionId), told).toMatchObject({ delivery: { lenderCode: words } });
}

/** The table says how often the signature goes out; where it says nothing, once. */
function sendsIn(how: string): number {
  if (/third send/.test(how)) return 3;
  return /second send|signs the request again/.test(how) ? 2 : 1;
}
