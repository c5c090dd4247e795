import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { portalWords } from '#lib/copy/portal-pages.ts';
import { paths } from '#lib/paths.ts';
import { HttpSigner } from './http-signer.ts';
import { expect, test } from './people.ts';

const run = promisify(execFile);
const main = join(import.meta.dirname, '..', 'lib', 'cli', 'main.ts');

for (const language of ['pt-BR', 'en'] as const) {
  test.describe(`in ${language}, without scripts`, () => {
    test.use({ locale: language, javaScriptEnabled: false });

    test('every error of the reference has a page with its name, when it happens, the way out and an answer', async ({
      page,
    }) => {
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
        await expect(page.getByRole('heading', { level: 2 }), address).toHaveCount(3);
        await expect(page.locator('pre').last(), address).toHaveText(/^HTTP\/1\.1 [45]\d\d/);
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

test.describe('what the documents show, without scripts', () => {
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

  test('the guide to the first session ends with evidence that verifies, when its commands are typed as they stand', async ({
    page,
    portal,
  }) => {
    await page.goto(paths.docsGuide('first-session'));
    const blocks = await page.locator('pre').allInnerTexts();
    const [, key = '', create = '', read = '', check = ''] = blocks;
    const unique = crypto.randomUUID();
    const folder = mkdtempSync(join(tmpdir(), 'aceite-guide-'));
    const type = async (...commands: string[]) => {
      const place = [
        `cd '${folder}'`,
        `export ACEITE_DATA_DIR='${portal.dataDir}' PORT=${new URL(portal.portalUrl).port}`,
      ];
      const here = [...place, key, ...commands].join('\n');
      return (await run('bash', ['-c', here])).stdout;
    };
    const asOurs = (text: string) =>
      text.replaceAll('1001', unique).replaceAll('npm run --silent aceite --', `${process.execPath} ${main}`);
    const session = JSON.parse(await type(asOurs(create)));
    expect(session.status).toBe('PENDING');
    await HttpSigner.signs(session);
    const named = `SESSION_ID=${session.signingSessionId}`;
    const told = await type(named, read.replaceAll('\n', '\necho\n'));
    const [again, evidence] = told
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([again.status, evidence.final]).toEqual(['COMPLETED', true]);
    expect(await type(named, `${asOurs(check)} || test $? = 3`)).toMatch(/VALID(_INTERIM)?/);
    rmSync(folder, { recursive: true });
  });

  test('every address that the guides and the changelog lead to is there', async ({ page }) => {
    const from = [
      paths.docsChangelog(),
      ...['first-session', 'webhooks', 'testing', 'going-live'].map(paths.docsGuide),
    ];
    const found = new Set<string>();
    for (const address of from) {
      await page.goto(address);
      await expect(page.getByRole('link', { name: /./ }).and(page.locator('[aria-current=page]'))).toHaveCount(1);
      const links = await page
        .locator('a[href^="/"]')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
      for (const link of links) found.add(link.split('#')[0] ?? '');
    }
    expect(found.size).toBeGreaterThan(6);
    for (const address of found) expect((await page.request.get(address)).status(), address).toBe(200);
    expect((await page.goto(paths.docsGuide('nothing')))?.status()).toBe(404);
  });
});
