import { createHash } from 'node:crypto';
import { reviewWords } from '#lib/copy/review-page.ts';
import { paths } from '#lib/paths.ts';
import { awkwardTexts } from './awkward-texts.ts';
import type { Merchant, OpenSession } from './merchant.ts';
import { expect, test } from './people.ts';
import { mariaOnFile, Signer } from './signer.ts';

test.describe('the very bytes of the merchant reach the screen, the download and the lender', () => {
  for (const [name, text] of Object.entries(awkwardTexts)) {
    test(name, async ({ merchant, signer, page }) => {
      const session = await sessionWith(merchant, text);
      expect(session.contract.sha256).toBe(sha256(text));

      await signer.reaches('review', session);
      expect(await page.locator('#contract-text').textContent()).toBe(text.replaceAll('\r\n', '\n'));
      const download = await page.request.get(paths.contractText(session.signingSessionId));
      expect((await download.body()).equals(Buffer.from(text))).toBe(true);

      await signer.agrees();
      await signer.signs();
      await page.waitForURL(/\/receipt$/);
      const body = JSON.parse((await merchant.waitsForSignature(session)).toString('utf8'));
      expect(sha256(body.signatures[0].signed_object.raw_text)).toBe(session.contract.sha256);
    });
  }
});

test.describe('a text that was altered on the way to the reader stops the act', () => {
  const altered = 'O credor empresta ao cliente R$ 9.800,00';
  const original = 'O credor empresta ao cliente R$ 4.800,00';

  test('before the scripts start: something between server and browser changed it', async ({
    merchant,
    signer,
    page,
  }) => {
    const session = await sessionWith(merchant);
    await signer.reaches('review', session);
    await page.route('**/review', async (route) => {
      const answer = await route.fetch();
      const html = await answer.text();
      await route.fulfill({ response: answer, body: html.replaceAll(original, altered) });
    });
    await page.reload();
    await expect(page.locator('#contract-text')).toContainText(altered);
    await triesInVain({ merchant, signer, session });
  });

  test('as soon as it stands on the page: an extension changed it while it loaded', async ({ merchant, browser }) => {
    const session = await sessionWith(merchant);
    const page = await browser.newPage();
    const signer = new Signer(page);
    await page.addInitScript(
      ([from, to]) => {
        addEventListener('DOMContentLoaded', () => {
          for (const span of document.querySelectorAll('#contract-text > span')) {
            span.textContent = span.textContent?.replace(from ?? '', to ?? '') ?? null;
          }
        });
      },
      [original, altered],
    );
    await signer.reaches('review', session);
    await expect(page.locator('#contract-text')).toContainText(altered);
    await triesInVain({ merchant, signer, session });
    await page.context().close();
  });

  test('while it is read: a translator changed it', async ({ merchant, signer, page }) => {
    const session = await sessionWith(merchant);
    await signer.reaches('review', session);
    await signer.agrees();
    await page.locator('#contract-text').evaluate((contract) => {
      contract.innerHTML = '<font>The creditor lends R$ 4,800.00 to the client.</font>';
    });
    await triesInVain({ merchant, signer, session });
  });

  test('and the same page, loaded anew without the change, is signed', async ({ merchant, signer, page }) => {
    const session = await sessionWith(merchant);
    await signer.reaches('review', session);
    await page.locator('#contract-text').evaluate((contract) => contract.append(' e mais nada'));
    await triesInVain({ merchant, signer, session });
    await page.getByRole('link', { name: reviewWords['pt-BR'].altered.reload }).click();
    await expect(page.getByText(reviewWords['pt-BR'].altered.title)).toBeHidden();
    await signer.agrees();
    await signer.signs();
    await page.waitForURL(/\/receipt$/);
    await merchant.waitsForSignature(session);
  });
});

/** The details are on file: the journey leads straight to the review. */
function sessionWith(merchant: Merchant, text?: string): Promise<OpenSession> {
  const contract = text === undefined ? {} : { contract: { title: 'Contrato de crédito', text } };
  return merchant.createsSession({ ...contract, signerDetails: mariaOnFile });
}

async function triesInVain({
  merchant,
  signer,
  session,
}: {
  merchant: Merchant;
  signer: Signer;
  session: OpenSession;
}) {
  await signer.agrees();
  await signer.signs();
  await expect(signer.page.getByText(reviewWords['pt-BR'].altered.title)).toBeVisible();
  await expect(signer.page).toHaveURL(/\/review$/);
  expect(await merchant.reads(session.signingSessionId)).toMatchObject({ status: 'IN_PROGRESS' });
  const { received } = await merchant.lenderRecordOf(session.debtKey);
  expect(received.filter(({ method }) => method === 'POST')).toEqual([]);
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
