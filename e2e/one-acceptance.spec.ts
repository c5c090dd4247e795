import type { Page } from '@playwright/test';
import { acceptRefusal } from '#lib/copy/accept-refusals.ts';
import { paths } from '#lib/paths.ts';
import type { Merchant, OpenSession } from './merchant.ts';
import { expect, test } from './people.ts';
import { maria, mariaOnFile, Signer } from './signer.ts';

for (const javaScriptEnabled of [true, false]) {
  test.describe(`scripts ${javaScriptEnabled ? 'on' : 'off'}: one act, one signature, one receipt`, () => {
    test.use({ javaScriptEnabled });

    test('after a double tap', async ({ merchant, signer }) => {
      const session = await ready(merchant, signer);
      await signer.signButton().dblclick();
      await hasOneReceipt(merchant, session, signer);
    });

    test('after the way back to the review and a second press', async ({ merchant, signer, page }) => {
      const session = await ready(merchant, signer);
      await signer.signs();
      const code = await receiptOf(signer);
      await page.goBack();
      // A browser may show the review as it was, or ask and be led to the receipt.
      if (await signer.signButton().isVisible()) {
        await signer.agrees();
        await signer.signs();
      }
      expect(await receiptOf(signer)).toBe(code);
      await hasOneReceipt(merchant, session, signer);
    });

    test('after reloading the receipt', async ({ merchant, signer, page }) => {
      const session = await ready(merchant, signer);
      await signer.signs();
      const code = await receiptOf(signer);
      await page.reload();
      expect(await receiptOf(signer)).toBe(code);
      await hasOneReceipt(merchant, session, signer);
    });

    test('after two tabs that both signed', async ({ merchant, signer, context }) => {
      const session = await ready(merchant, signer);
      const second = new Signer(await context.newPage());
      await second.page.goto(paths.sign(session.signingSessionId, 'review'));
      await second.agrees();
      await Promise.all([signer.signs(), second.signs()]);
      expect(await receiptOf(second)).toBe(await receiptOf(signer));
      await hasOneReceipt(merchant, session, signer);
    });

    test('after an answer that got lost on its way', async ({ merchant, signer, page }) => {
      const session = await ready(merchant, signer);
      await losesAnswersOf(page, session);
      await signer.signs();
      await expect.poll(async () => (await merchant.reads(session.signingSessionId)).status).toBe('COMPLETED');
      await page.unrouteAll();
      await signer.opens(session);
      await hasOneReceipt(merchant, session, signer);
    });
  });
}

test.describe('what the person looked at must be what is signed', () => {
  test('details changed in another tab: nothing is signed, and the review shows them', async ({
    merchant,
    signer,
    context,
  }) => {
    const session = await merchant.createsSession();
    await signer.reaches('review', session);
    const other = new Signer(await context.newPage());
    await other.page.goto(paths.sign(session.signingSessionId, 'details'));
    await other.givesDetails({ ...maria, phone: '(21) 98765-4321' });

    await signer.agrees();
    await signer.signs();
    await expect(signer.page.getByText(acceptRefusal('pt-BR', 'details_changed').text)).toBeVisible();
    await expect(signer.row('phone')).toContainText('(21) 98765-4321');
    expect(await merchant.reads(session.signingSessionId)).toMatchObject({ status: 'IN_PROGRESS' });
    await signer.agrees();
    await signer.signs();
    await hasOneReceipt(merchant, session, signer);
  });

  test('the offer of another session, of nobody, and none: nothing is signed', async ({
    merchant,
    signer,
    context,
  }) => {
    const session = await merchant.createsSession({ signerDetails: mariaOnFile });
    const foreign = new Signer(await context.newPage());
    await foreign.reaches('review', await merchant.createsSession({ signerDetails: mariaOnFile }));
    const swapped = await foreign.page.locator('input[name="offer"]').inputValue();
    for (const offer of [swapped, 'x', '']) {
      await signer.reaches('review', session);
      await signer.page.locator('input[name="offer"]').evaluate((field, value) => {
        (field as HTMLInputElement).value = value;
      }, offer);
      await signer.agrees();
      // From the second round on the page has said so before.
      await Promise.all([signer.page.waitForEvent('load'), signer.signs()]);
      await expect(signer.page.getByText(acceptRefusal('pt-BR', 'offer_stale').title)).toBeVisible();
      expect(await merchant.reads(session.signingSessionId)).toMatchObject({ status: 'IN_PROGRESS' });
    }
  });
});

/** At the review with all boxes ticked. */
async function ready(merchant: Merchant, signer: Signer): Promise<OpenSession> {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await signer.reaches('review', session);
  await signer.agrees();
  return session;
}

async function receiptOf(signer: Signer): Promise<string> {
  await signer.page.waitForURL(/\/receipt$/);
  await signer.isOn('receipt');
  return signer.receiptCode();
}

async function hasOneReceipt(merchant: Merchant, session: OpenSession, signer: Signer): Promise<void> {
  const code = await receiptOf(signer);
  expect(await merchant.reads(session.signingSessionId)).toMatchObject({ status: 'COMPLETED', receiptCode: code });
  await merchant.waitsForSignature(session);
}

/** The server gets the act and answers, but the answer never arrives, as on a train that enters a tunnel. */
async function losesAnswersOf(page: Page, { signingSessionId }: OpenSession): Promise<void> {
  await page.route(`**${paths.signAct(signingSessionId, 'accept')}`, async (route) => {
    await route.fetch({ maxRedirects: 0 });
    await route.abort('connectionreset');
  });
}
