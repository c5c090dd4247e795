import { factWords } from '#lib/copy/dashboard-facts.ts';
import { eventName, evidenceGroupNames } from '#lib/copy/dashboard-terms.ts';
import { HttpSigner } from './http-signer.ts';
import { contractText } from './merchant.ts';
import { expect, test } from './people.ts';
import { mariaOnFile, Signer } from './signer.ts';

const event = (type: string) => eventName('pt-BR', type);
/** The documented refusal of the sandbox lender's table. */
const refusedCpf = '10000000280';

test.beforeEach(async ({ staff, accountOf }) => staff.isSignedIn(await accountOf('operator')));

test('a delivered session shows its story in order, the exact contract and the evidence with sources', async ({
  merchant,
  staff,
  page,
}) => {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await HttpSigner.signs(session);
  await merchant.waitsForDelivery(session.signingSessionId, 'DELIVERED');
  await staff.opensSession(session.signingSessionId);
  const { words } = staff;
  const titles = ['created', 'link_opened', 'started', 'accepted', 'lender_sent', 'lender_received'].map(event);
  const told = await staff
    .section(words.session.timeline)
    .getByRole('listitem')
    .locator('p:first-child')
    .allTextContents();
  const order = titles.map((title) => told.findIndex((line) => line.startsWith(title)));
  expect(order, `the story was: ${told.join(' | ')}`).toEqual(order.toSorted((a, b) => a - b));
  expect(order).not.toContain(-1);
  await expect(staff.fact(words.list.columns.status)).toContainText(words.status.COMPLETED);
  await expect(staff.fact(words.list.columns.lender)).toContainText(words.delivery.DELIVERED);
  await expect(staff.fact(words.session.attempts)).toHaveText('1');

  const contract = staff.section(words.session.contract);
  await staff.disclosure('Contrato de crédito').click();
  expect(await contract.locator('[translate=no]').textContent()).toBe(contractText);

  const evidence = staff.section(words.session.evidence);
  await staff.disclosure(evidenceGroupNames['pt-BR'].act).click();
  await expect(evidence.getByText('acceptedAt')).toBeVisible();
  await staff.disclosure(evidenceGroupNames['pt-BR'].network).click();
  await expect(staff.fact('ip')).toContainText('127.0.0.1');
  await expect(staff.fact('ip')).toContainText(words.session.source);
  await expect(page.getByText(words.cancel.open)).toHaveCount(0);
});

test("a refused delivery shows the lender's code and the lender's own words", async ({ merchant, staff }) => {
  const session = await merchant.createsSession({ signerDetails: { ...mariaOnFile, identity: refusedCpf } });
  await HttpSigner.signs(session);
  await merchant.waitsForDelivery(session.signingSessionId, 'REJECTED');
  const read = await merchant.reads(session.signingSessionId);
  const said = read.status === 'COMPLETED' ? read.delivery.lenderMessage : null;
  expect(said).toMatch(/\S/);
  await staff.opensSession(session.signingSessionId);
  const { words } = staff;
  await expect(staff.fact(words.list.columns.status)).toContainText(words.status.COMPLETED);
  await expect(staff.fact(words.list.columns.lender)).toContainText(words.delivery.REJECTED);
  await expect(staff.fact(words.session.lenderCode)).toHaveText('LEG000069');
  await expect(staff.fact(words.session.lenderSays)).toContainText(said ?? '-');
  await expect(staff.fact(words.session.reason)).toHaveText(factWords('pt-BR', 'status_400'));
  await expect(staff.section(words.session.timeline)).toContainText(event('lender_rejected'));
});

test('an open page follows the signer from the link to the delivery without a reload, the evidence too', async ({
  merchant,
  staff,
  page,
  browser,
}) => {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await staff.opensSession(session.signingSessionId);
  const { words } = staff;
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
  await staff.disclosure(evidenceGroupNames['pt-BR'].act).click();
  const phone = await browser.newContext({ locale: 'pt-BR', viewport: { width: 360, height: 740 } });
  const signer = new Signer(await phone.newPage());
  await signer.reaches('review', session);
  await expect(staff.fact(words.list.columns.status)).toContainText(words.status.IN_PROGRESS);
  await signer.agrees();
  await signer.signs();
  await signer.isOn('receipt');
  await phone.close();
  await expect(staff.fact(words.list.columns.status)).toContainText(words.status.COMPLETED);
  await expect(staff.section(words.session.timeline)).toContainText(event('accepted'));
  await expect(staff.cancelForm).toHaveCount(0);
  await expect(staff.fact('acceptedAt')).toContainText('Z');
  await merchant.waitsForDelivery(session.signingSessionId, 'DELIVERED');
  await expect(staff.fact(words.list.columns.lender)).toContainText(words.delivery.DELIVERED);
  expect(await page.evaluate(() => 'isSameDocument' in window)).toBe(true);
});

test('says so when it cannot be refreshed, and goes on by itself afterwards', async ({ merchant, staff, page }) => {
  const session = await merchant.createsSession();
  await staff.opensSession(session.signingSessionId);
  await page.context().setOffline(true);
  const [stale = '-'] = staff.words.list.stale.split('{time}');
  await expect(page.getByText(stale)).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText(stale)).toHaveCount(0);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('cancelling asks for a second press and a reason, and keeps both name and words', async ({
      merchant,
      staff,
      page,
    }) => {
      const session = await merchant.createsSession();
      await staff.opensSession(session.signingSessionId);
      await staff.cancels('Cliente desistiu\npor telefone');
      await expect(staff.fact(staff.words.list.columns.status)).toContainText(staff.words.status.CANCELLED);
      const last = staff.section(staff.words.session.timeline).getByRole('listitem').last();
      await expect(last).toContainText(event('cancelled'));
      await expect(last).toContainText('@loja-exemplo.test');
      await expect(last.locator('blockquote')).toHaveText('Cliente desistiu\npor telefone');
      await expect(page.getByText(staff.words.cancel.open)).toHaveCount(0);
      expect(await merchant.reads(session.signingSessionId)).toMatchObject({
        status: 'CANCELLED',
        cancelReason: 'Cliente desistiu\npor telefone',
      });
      expect((await fetch(session.redirectUrl.replace('/s/', '/s/x'))).status).toBe(404);
    });

    test('nothing is cancelled without a reason, and the page says so at the field', async ({
      merchant,
      staff,
      page,
    }) => {
      const session = await merchant.createsSession();
      await staff.opensSession(session.signingSessionId);
      // Blanks pass the browser's own check for an empty field.
      await staff.cancels('   ');
      const field = page.getByRole('textbox', { name: staff.words.cancel.reason });
      await expect(field).toBeVisible();
      await expect(field).toHaveAccessibleDescription(new RegExp(staff.words.cancel.problems.reason_missing));
      expect((await merchant.reads(session.signingSessionId)).status).toBe('PENDING');
    });

    test('turning back cancels nothing', async ({ merchant, staff, page }) => {
      const session = await merchant.createsSession();
      await staff.opensSession(session.signingSessionId);
      await staff.cancelForm.click();
      await page.getByRole('link', { name: staff.words.cancel.keep }).click();
      await expect(page.getByRole('textbox', { name: staff.words.cancel.reason })).toBeHidden();
      expect((await merchant.reads(session.signingSessionId)).status).toBe('PENDING');
    });
  });
}

test.describe('on a page that does not renew itself', () => {
  test.use({ javaScriptEnabled: false });

  test('what was signed meanwhile stays signed, and the page says why', async ({ merchant, staff, page }) => {
    const session = await merchant.createsSession();
    await staff.opensSession(session.signingSessionId);
    await HttpSigner.signs(session);
    await staff.cancels('Cliente desistiu');
    await expect(page.getByText(staff.words.cancel.problems.session_completed)).toBeVisible();
    await expect(staff.fact(staff.words.list.columns.status)).toContainText(staff.words.status.COMPLETED);
    expect((await merchant.reads(session.signingSessionId)).status).toBe('COMPLETED');
  });

  test('what was declined meanwhile stays so, and the page says why', async ({ merchant, staff, page }) => {
    const session = await merchant.createsSession();
    await staff.opensSession(session.signingSessionId);
    await (await HttpSigner.opens(session)).posts('decline', {});
    await staff.cancels('Cliente desistiu');
    await expect(page.getByText(staff.words.cancel.problems.session_not_cancellable)).toBeVisible();
    await expect(staff.fact(staff.words.list.columns.status)).toContainText(staff.words.status.FAILED);
  });
});
