import { type APIRequestContext, request } from '@playwright/test';
import { closedWords } from '#lib/copy/closed-page.ts';
import { eventName } from '#lib/copy/dashboard-terms.ts';
import type { EvidenceView } from '#lib/schema/evidence.ts';
import { commandAt } from '#lib/testing/portal-command.ts';
import { endPortal, type RunningPortal, startPortal } from '#lib/testing/running-portal.ts';
import { HttpSigner } from './http-signer.ts';
import { Merchant } from './merchant.ts';
import { expect, test } from './people.ts';
import { mariaOnFile, Signer } from './signer.ts';
import { Staff } from './staff.ts';

// A portal of its own, because its clock goes forward; one test after the other, because it goes forward for all.
test.describe.configure({ mode: 'default' });

let portal: RunningPortal;
let api: APIRequestContext;
let merchant: Merchant;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  portal = await startPortal();
  api = await request.newContext({ extraHTTPHeaders: { 'X-API-Key': portal.sandbox.apiKey } });
  merchant = new Merchant({ ...portal.sandbox, dataDir: portal.dataDir }, api);
});
test.afterAll(async () => {
  await api.dispose();
  await endPortal(portal);
});

const goesBy = (duration: string) => commandAt(portal.dataDir, 'clock', 'advance', duration);

for (const javaScriptEnabled of [true, false]) {
  test.describe(`scripts ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('whose time runs out on the review signs nothing, is told so, and the attempt is kept', async ({ page }) => {
      const signer = new Signer(page);
      const session = await merchant.createsSession({ signerDetails: mariaOnFile });
      const id = session.signingSessionId;
      await signer.reaches('review', session);
      await signer.agrees();
      await goesBy('8d');
      expect((await merchant.reads(id)).status, 'never shown stale').toBe('EXPIRED');
      await signer.signs();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(closedWords['pt-BR'].expired.title);
      expect((await page.reload())?.status()).toBe(410);
      await expect(page.getByText(/Nada foi assinado/)).toBeVisible();
      await expect(page.getByText(mariaOnFile.name), 'a closed page holds nothing personal').toHaveCount(0);
      const evidence: EvidenceView = await (await api.get(`${portal.sandbox.apiUrl}/signing/${id}/evidence`)).json();
      expect(evidence.final).toBe(true);
      expect(evidence.events.map(({ type }) => type).slice(-2)).toEqual(['expired', 'late_act']);
      expect((await merchant.lenderRecordOf(session.debtKey)).received).toEqual([]);
    });
  });
}

test('a link that lapsed unopened says so, in every list it has ended, and the debt may be offered again', async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: portal.sandbox.portalUrl });
  const session = await merchant.createsSession();
  await goesBy('8d');
  expect((await page.goto(session.redirectUrl))?.status()).toBe(410);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(closedWords['pt-BR'].expired.title);
  const open = await api.get(`${portal.sandbox.apiUrl}/signing?status=PENDING&debtKey=${session.debtKey}`);
  expect((await open.json()).items).toEqual([]);
  const staff = new Staff(page);
  await staff.signsIn(portal.sandbox.staff);
  await staff.opensSession(session.signingSessionId);
  await expect(staff.fact(staff.words.list.columns.status)).toContainText(staff.words.status.EXPIRED);
  await expect(page.getByText(eventName('pt-BR', 'expired'))).toBeVisible();
  await expect(staff.cancelForm).toHaveCount(0);
  expect(await merchant.cancels(session.signingSessionId)).toBe(409);
  await merchant.createsSession({ debtKey: session.debtKey });
  await page.close();
});

test('a signature is delivered and proved long after its link has ended', async () => {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await HttpSigner.signs(session);
  await goesBy('8d');
  expect((await merchant.reads(session.signingSessionId)).status).toBe('COMPLETED');
  await merchant.waitsForSignature(session);
});
