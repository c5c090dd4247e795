import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { portalWords } from '#lib/copy/portal-pages.ts';
import { paths } from '#lib/paths.ts';
import { expect, test } from './people.ts';

const run = promisify(execFile);

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

test.describe('the examples of the reference, without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('are chosen by keyboard, one language at a time, and the first one runs as it is shown', async ({
    page,
    portal,
  }) => {
    await page.goto(paths.docs());
    const example = page.getByRole('group', { name: 'Language of the example of "List providers"' });
    await expect(example.locator('pre:visible')).toHaveText(/^curl /);
    await example.getByRole('radio', { name: 'curl' }).focus();
    for (const [name, beginning] of [
      ['TypeScript', /^const answer = await fetch/],
      ['Python', /^import json/],
      ['PHP', /^<\?php/],
      ['Java', /^import java/],
      ['C#', /^using var client/],
      ['Go', /^package main/],
      ['curl', /^curl /],
    ] as const) {
      await page.keyboard.press('ArrowRight');
      await expect(example.getByRole('radio', { name })).toBeChecked();
      await expect(example.locator('pre:visible')).toHaveText(beginning);
    }
    const shown = await example.locator('pre:visible').innerText();
    const script = `export ACEITE_API_KEY=${portal.apiKey}\n${shown}`;
    const { stdout } = await run('bash', ['-c', script]);
    expect(JSON.parse(stdout).items[0].provider).toBe('opt-in');
  });
});
