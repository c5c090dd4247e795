import { closedWords } from '#lib/copy/closed-page.ts';
import { portalWords } from '#lib/copy/portal-pages.ts';
import { receiptWords } from '#lib/copy/receipt-page.ts';
import { wayBackWords } from '#lib/copy/way-back.ts';
import { paths } from '#lib/paths.ts';
import { expect, test } from './people.ts';
import { maria, mariaOnFile, Signer } from './signer.ts';

const merchantName = 'Loja Exemplo';

for (const language of ['pt-BR', 'en'] as const) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`in ${language}, scripts ${javaScriptEnabled ? 'on' : 'off'}`, () => {
      test.use({ javaScriptEnabled, locale: language });

      test('whoever declines is told that nothing was signed, and the shop reads the reason', async ({
        merchant,
        page,
      }) => {
        const signer = new Signer(page, language);
        const session = await merchant.createsSession({ language, returnUrl: 'https://loja.example/volta' });
        await signer.opens(session);
        const reason = 'O valor não é o combinado.\nPrefiro esperar.';
        await signer.declines(reason);
        await isClosed(signer, 'signer_declined');
        expect(await merchant.reads(session.signingSessionId)).toMatchObject({
          status: 'FAILED',
          failureReason: 'signer_declined',
          declineReason: reason,
        });
        const back = page.getByRole('link', { name: wayBackWords[language].toMerchant(merchantName) });
        await expect(back).toHaveAttribute('href', /status=FAILED/);
      });

      test('whoever opens the link of a cancelled session is told so, and that nothing was signed', async ({
        merchant,
        page,
      }) => {
        const signer = new Signer(page, language);
        const session = await merchant.createsSession({ language });
        expect(await merchant.cancels(session.signingSessionId, 'Pedido refeito')).toBe(200);
        const answer = await page.goto(session.redirectUrl);
        expect(answer?.status()).toBe(410);
        await isClosed(signer, 'cancelled');
        await expect(page.getByText('Pedido refeito')).toHaveCount(0);
      });

      test('a cancellation while somebody reads wins over their signature', async ({ merchant, page }) => {
        const signer = new Signer(page, language);
        const session = await merchant.createsSession({ language, signerDetails: mariaOnFile });
        await signer.reaches('review', session);
        await merchant.cancels(session.signingSessionId);
        await signer.agrees();
        await signer.signs();
        await isClosed(signer, 'cancelled');
        expect(await merchant.reads(session.signingSessionId)).toMatchObject({ status: 'CANCELLED' });
        const { received } = await merchant.lenderRecordOf(session.debtKey);
        expect(received).toEqual([]);
      });

      test('an unknown link says what to do, and no more', async ({ page, portal }) => {
        const answer = await page.goto(`${portal.portalUrl}/s/${'A'.repeat(43)}`);
        expect(answer?.status()).toBe(404);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByText(/Nada foi assinado|Nothing was signed/)).toBeVisible();
      });

      test('an address that does not exist is a page too', async ({ page }) => {
        const answer = await page.goto('/nada-aqui');
        expect(answer?.status()).toBe(404);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(portalWords[language].notFound.title);
      });
    });
  }
}

test('declining needs no reason', async ({ merchant, signer }) => {
  const session = await merchant.createsSession();
  await signer.opens(session);
  await signer.declines();
  await isClosed(signer, 'signer_declined');
  expect(await merchant.reads(session.signingSessionId)).not.toHaveProperty('declineReason');
});

test('after a decline the link stays closed, and nothing can be signed from a page that was still open', async ({
  merchant,
  signer,
  context,
}) => {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await signer.reaches('review', session);
  const other = new Signer(await context.newPage());
  await other.opens(session);
  await other.declines();
  await isClosed(other, 'signer_declined');
  await signer.agrees();
  await signer.signs();
  await isClosed(signer, 'signer_declined');
  await signer.opens(session);
  await isClosed(signer, 'signer_declined');
});

test('a closed page names nobody', async ({ merchant, signer, page }) => {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await signer.opens(session);
  await signer.declines();
  await isClosed(signer, 'signer_declined');
  const html = await page.content();
  for (const value of Object.values({ ...maria, ...mariaOnFile })) expect(html).not.toContain(value);
});

test('another browser with the link sees a receipt in which the person is masked', async ({
  merchant,
  signer,
  browser,
}) => {
  const session = await merchant.createsSession();
  await signer.accepts(session);
  const other = new Signer(await browser.newPage());
  await other.opens(session);
  await other.isOn('receipt');
  await expect(other.page.getByText(receiptWords['pt-BR'].leads.masked)).toBeVisible();
  const html = await other.page.content();
  for (const value of Object.values({ ...maria, ...mariaOnFile })) expect(html).not.toContain(value);
  const text = await other.page.request.get(paths.contractText(session.signingSessionId), { maxRedirects: 0 });
  expect(text.status()).toBe(303);
});

test('without the link the address of a session says nothing, known or not', async ({ merchant, page }) => {
  const session = await merchant.createsSession();
  const seen: string[] = [];
  for (const id of [session.signingSessionId, '00000000-0000-4000-8000-000000000000']) {
    const answer = await page.goto(`/sign/${id}`);
    expect(answer?.status()).toBe(401);
    seen.push((await page.locator('main').innerText()).replaceAll(/[0-9a-f-]{32,}/g, ''));
  }
  expect(seen[0]).toBe(seen[1]);
});

async function isClosed(signer: Signer, reason: keyof (typeof closedWords)['en']): Promise<void> {
  const { title } = closedWords[signer.language][reason];
  await expect(signer.page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(signer.page.getByText(/Nada foi assinado|Nothing was signed/)).toBeVisible();
}
