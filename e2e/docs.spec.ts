import { portalWords } from '#lib/copy/portal-pages.ts';
import { paths } from '#lib/paths.ts';
import { expect, test } from './people.ts';

for (const language of ['pt-BR', 'en'] as const) {
  test.describe(`in ${language}, without scripts`, () => {
    test.use({ locale: language, javaScriptEnabled: false });

    test('every error of the reference has a page with its name, when it happens and the way out', async ({ page }) => {
      await page.goto(paths.docs());
      const links = page.locator(`a[href^="${paths.docsError('')}"]`);
      const addresses = await links.evaluateAll((all) => [
        ...new Set(all.map((link) => link.getAttribute('href') ?? '')),
      ]);
      expect(addresses.length).toBeGreaterThan(10);
      for (const address of addresses) {
        const answer = await page.goto(address);
        expect(answer?.status(), address).toBe(200);
        await expect(page.getByRole('heading', { level: 1 }), address).not.toBeEmpty();
        await expect(page.getByRole('heading', { level: 2 }), address).toHaveCount(2);
        await expect(page.getByRole('main'), address).toContainText(address.split('/').at(-1) ?? '-');
      }
    });

    test('a code that does not exist is a page that says so, with status 404', async ({ page }) => {
      const answer = await page.goto(paths.docsError('no_such_code'));
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(portalWords[language].notFound.title);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
    });
  });
}
