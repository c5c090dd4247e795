import { portalWords } from '#lib/copy/portal-pages.ts';
import { errorCatalogue } from '#lib/domain/error-catalogue.ts';
import { paths } from '#lib/paths.ts';
import { expect, test } from './people.ts';

const codes = Object.keys(errorCatalogue) as (keyof typeof errorCatalogue)[];

for (const language of ['pt-BR', 'en'] as const) {
  test.describe(`in ${language}, without scripts`, () => {
    test.use({ locale: language, javaScriptEnabled: false });

    test('every error code has a page with its name, when it happens and the way out', async ({ page }) => {
      for (const code of codes) {
        const answer = await page.goto(paths.docsError(code));
        expect(answer?.status(), code).toBe(200);
        await expect(page.getByRole('heading', { level: 1 }), code).toHaveText(errorCatalogue[code].title[language]);
        await expect(page.getByRole('heading', { level: 2 }), code).toHaveCount(2);
      }
    });

    test('a code that does not exist is a page that says so, with status 404', async ({ page }) => {
      const answer = await page.goto('/docs/errors/no_such_code');
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(portalWords[language].notFound.title);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
    });
  });
}
