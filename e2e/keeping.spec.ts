import { type APIRequestContext, request } from '@playwright/test';
import { keepingCopy } from '#lib/copy/dashboard-keeping.ts';
import { eventName } from '#lib/copy/dashboard-terms.ts';
import { commandAt } from '#lib/testing/portal-command.ts';
import { endPortal, type RunningPortal, startPortal } from '#lib/testing/running-portal.ts';
import { expectNoAxeViolation, expectNoSidewaysScroll } from './accessible.ts';
import { HttpSigner } from './http-signer.ts';
import { Merchant } from './merchant.ts';
import { expect, test } from './people.ts';
import { mariaOnFile } from './signer.ts';
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

const copy = keepingCopy['pt-BR'];

for (const javaScriptEnabled of [true, false]) {
  test(`a legal hold is placed and lifted with a reason, scripts ${javaScriptEnabled ? 'on' : 'off'}`, async ({
    browser,
  }) => {
    const page = await browser.newPage({ baseURL: portal.sandbox.portalUrl, javaScriptEnabled });
    const staff = new Staff(page);
    const { signingSessionId } = await merchant.createsSession();
    await staff.signsIn(portal.sandbox.staff);
    await staff.opensSession(signingSessionId);
    const card = staff.section(copy.title);
    const hold = async (open: string, act: string, reason: string) => {
      await card.locator('summary').filter({ hasText: open }).click();
      await card.getByRole('textbox', { name: copy.reason }).filter({ visible: true }).fill(reason);
      await card.getByRole('button', { name: act, exact: true }).click();
    };
    await hold(copy.place, copy.placeAct, '  ');
    await expect(card.getByRole('textbox', { name: copy.reason })).toHaveAccessibleDescription(
      new RegExp(copy.problems.reason_missing),
    );
    await card.getByRole('textbox', { name: copy.reason }).fill('Processo 0001234-56.2026');
    await card.getByRole('button', { name: copy.placeAct, exact: true }).click();
    await expect(card).toContainText(copy.held);
    await expect(card).toContainText('Processo 0001234-56.2026');
    const story = staff.section(staff.words.session.timeline).getByRole('listitem');
    await expect(story.filter({ hasText: eventName('pt-BR', 'hold_placed') })).toContainText(
      'Processo 0001234-56.2026',
    );
    if (javaScriptEnabled) await expectNoAxeViolation(page, 'the session page with a hold');
    await hold(copy.lift, copy.liftAct, 'Arquivado');
    await expect(card).not.toContainText(copy.held);
    await expect(story.filter({ hasText: eventName('pt-BR', 'hold_lifted') })).toContainText('Arquivado');
    await page.close();
  });
}

test('who may not hold sees the date and no form', async ({ browser }) => {
  const email = 'operadora@loja-exemplo.test';
  const account = await commandAt(portal.dataDir, 'staff', 'create', '--email', email, '--role', 'operator');
  const page = await browser.newPage({ baseURL: portal.sandbox.portalUrl });
  const staff = new Staff(page);
  const { signingSessionId } = await merchant.createsSession();
  await staff.signsIn({ email, password: String(account.password) });
  await staff.opensSession(signingSessionId);
  await expect(staff.section(copy.title)).toContainText(copy.notYet);
  await expect(staff.section(copy.title).locator('summary')).toHaveCount(0);
  await page.close();
});

test('after five years nothing is left to read but how it ended, for staff, for the signer and for the merchant', async ({
  browser,
}) => {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  const id = session.signingSessionId;
  await HttpSigner.signs(session);
  await merchant.waitsForDelivery(id, 'DELIVERED');
  await commandAt(portal.dataDir, 'clock', 'advance', '1800d');
  await commandAt(portal.dataDir, 'keeping', 'run');
  expect(await merchant.reads(id)).not.toHaveProperty('erased');
  await commandAt(portal.dataDir, 'clock', 'advance', '30d');
  await commandAt(portal.dataDir, 'keeping', 'run');
  expect(await merchant.reads(id)).toMatchObject({ status: 'COMPLETED', erased: { class: 'E1' }, signerDetails: {} });

  const page = await browser.newPage({ baseURL: portal.sandbox.portalUrl });
  await page.goto(session.redirectUrl);
  await expect(page.getByText(/foram eliminados em .*, porque não precisavam mais ser guardados/)).toBeVisible();
  await expect(page.getByText(mariaOnFile.name)).toHaveCount(0);
  await expectNoAxeViolation(page, 'the receipt of an erased session');

  const staff = new Staff(page);
  await staff.signsIn(portal.sandbox.staff);
  await staff.opensSession(id);
  await expect(staff.section(copy.title)).toContainText(copy.erased);
  await expect(staff.fact(staff.words.list.columns.person)).toHaveText(staff.words.list.erased);
  const story = staff.section(staff.words.session.timeline).getByRole('listitem');
  await expect(story.last()).toContainText(eventName('pt-BR', 'erased'));
  await expectNoAxeViolation(page, 'the session page of an erased session');
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(page, 'the session page of an erased session');
  await page.close();
});
