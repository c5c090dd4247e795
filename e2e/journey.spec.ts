import { createHash } from 'node:crypto';
import { copyLanguages } from '#lib/copy/language.ts';
import { portalWords } from '#lib/copy/portal-pages.ts';
import { receiptWords } from '#lib/copy/receipt-page.ts';
import { reviewWords } from '#lib/copy/review-page.ts';
import { wayBackWords } from '#lib/copy/way-back.ts';
import { contractText } from './merchant.ts';
import { expect, test } from './people.ts';
import { maria, mariaOnFile, Signer } from './signer.ts';

const merchantName = 'Loja Exemplo';

for (const language of copyLanguages) {
  for (const javaScriptEnabled of language === 'pt-BR' || language === 'en' ? [true, false] : [true]) {
    test.describe(`in ${language}, scripts ${javaScriptEnabled ? 'on' : 'off'}`, () => {
      test.use({ javaScriptEnabled, locale: language });

      test('a person reads, gives details, checks, signs, keeps a receipt and goes back to the shop', async ({
        merchant,
        page,
      }) => {
        const signer = new Signer(page, language);
        const returnUrl = 'https://loja.example/volta?cesta=7';
        const session = await merchant.createsSession({ language, returnUrl });

        await signer.opens(session);
        await signer.isOn('read');
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await expect(page.locator('#contract-text')).toHaveText(contractText, { useInnerText: false });
        expect(await merchant.reads(session.signingSessionId)).toMatchObject({ status: 'PENDING' });

        await signer.begins();
        await signer.isOn('details');
        expect(await merchant.reads(session.signingSessionId)).toMatchObject({ status: 'IN_PROGRESS' });
        await signer.givesDetails();

        await signer.isOn('review');
        for (const [field, value] of Object.entries(maria)) {
          await expect(signer.row(field as keyof typeof maria)).toContainText(value);
        }
        await expect(signer.boxes()).toHaveCount(2);
        for (const box of await signer.boxes().all()) await expect(box).not.toBeChecked();
        await signer.agrees();
        await signer.signs();

        await page.waitForURL(/\/receipt$/);
        await signer.isOn('receipt');
        await expect(page.getByText(receiptWords[language].leads.full)).toBeVisible();
        const signed = await merchant.reads(session.signingSessionId);
        expect(signed).toMatchObject({ status: 'COMPLETED', receiptCode: await signer.receiptCode() });
        await expect(page.getByText(/−03:00.*UTC/)).toBeVisible();
        const kept = await page.request.get(await linkTo(signer, receiptWords[language].download));
        expect(await kept.text()).toBe(contractText);

        const back = new URL(await linkTo(signer, wayBackWords[language].toMerchant(merchantName)));
        expect(Object.fromEntries(back.searchParams)).toEqual({
          cesta: '7',
          signingSessionId: session.signingSessionId,
          orderId: session.orderId,
          status: 'COMPLETED',
        });
        const body = JSON.parse((await merchant.waitsForSignature(session)).toString('utf8'));
        expect(sha256(body.signatures[0].signed_object.raw_text)).toBe(session.contract.sha256);
        expect(body.signatures[0].signer).toEqual({
          name: maria.name,
          email: maria.email,
          phone: { country_code: '055', area_code: '11', number: '912345678' },
          document_number: mariaOnFile.identity,
        });
      });

      test('where the shop has no page of its own, the way back is the page of the portal', async ({
        merchant,
        page,
      }) => {
        const signer = new Signer(page, language);
        const session = await merchant.createsSession({ language, signerDetails: mariaOnFile });
        await signer.accepts(session);
        await page.getByRole('link', { name: wayBackWords[language].toLanding }).click();
        const { title, text } = portalWords[language].landing.COMPLETED;
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
        await expect(page.getByText(text)).toBeVisible();
        await expect(page.getByText(session.signingSessionId)).toBeVisible();
      });
    });
  }
}

test('what the shop knows is not asked again, and only what may be changed can be changed', async ({
  merchant,
  signer,
  page,
}) => {
  const { name, email, identity } = mariaOnFile;
  const session = await merchant.createsSession({ signerDetails: { name, email, identity } });
  await signer.reaches('details', session);
  await expect(signer.field('name')).toHaveCount(0);
  await expect(signer.field('identity')).toHaveCount(0);
  await expect(signer.field('email')).toHaveValue(email);
  await signer.givesDetails({ phone: maria.phone });

  await expect(signer.row('name').getByRole('link')).toHaveCount(0);
  await expect(signer.row('identity').getByRole('link')).toHaveCount(0);
  await signer.row('email').getByRole('link', { name: reviewWords['pt-BR'].change }).click();
  await expect(signer.field('email')).toBeFocused();
  await signer.givesDetails({ email: 'outra@exemplo.com.br' });
  await expect(signer.row('email')).toContainText('outra@exemplo.com.br');
  await signer.agrees();
  await signer.signs();
  await page.waitForURL(/\/receipt$/);
  const body = JSON.parse((await merchant.waitsForSignature(session)).toString('utf8'));
  expect(body.signatures[0].signer.email).toBe('outra@exemplo.com.br');
});

test('complete details lead from the contract straight to the review', async ({ merchant, signer }) => {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await signer.opens(session);
  await signer.begins();
  await signer.isOn('review');
});

test('the contract can be read and the journey begun while every script fails to load', async ({
  merchant,
  signer,
  page,
}) => {
  await page.route('**/*.js', (route) => route.abort());
  const session = await merchant.createsSession();
  await signer.accepts(session);
  await signer.isOn('receipt');
});

test('the link opens the same journey again, in this browser and in another, and nothing given is lost', async ({
  merchant,
  signer,
  browser,
}) => {
  const session = await merchant.createsSession();
  await signer.reaches('review', session);
  await signer.opens(session);
  await signer.isOn('read');
  await signer.begins();
  await signer.isOn('review');

  const elsewhere = new Signer(await browser.newPage());
  await elsewhere.opens(session);
  await elsewhere.begins();
  await elsewhere.isOn('review');
  await expect(elsewhere.row('name')).toContainText(maria.name);
});

test('a page that the state does not allow leads to the one that it does', async ({ merchant, signer, page }) => {
  const session = await merchant.createsSession();
  await signer.opens(session);
  const at = (name: string) => page.goto(`/sign/${session.signingSessionId}/${name}`);
  await at('receipt');
  await signer.isOn('read');
  await at('review');
  await signer.isOn('read');
  await signer.begins();
  await at('review');
  await signer.isOn('details');
  await signer.givesDetails();
  await signer.agrees();
  await signer.signs();
  await page.waitForURL(/\/receipt$/);
  for (const name of ['', 'details', 'review']) {
    await at(name);
    await signer.isOn('receipt');
  }
});

async function linkTo({ page }: Signer, name: string): Promise<string> {
  const href = await page.getByRole('link', { name }).getAttribute('href');
  return new URL(href ?? '', page.url()).href;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
