import type { Page } from '@playwright/test';
import { copyLanguages, fill } from '#lib/copy/language.ts';
import { type VerifyWords, verifyWords } from '#lib/copy/verify-page.ts';
import { paths } from '#lib/paths.ts';
import { referenceDossier } from '#lib/testing/reference-dossier.ts';
import { expectNoAxeViolation, expectNoSidewaysScroll } from './accessible.ts';
import type { Merchant } from './merchant.ts';
import { expect, test } from './people.ts';
import { Traffic } from './traffic.ts';

/** The dossier of a session that has just been made, from the portal itself. */
async function dossierOf(merchant: Merchant): Promise<Buffer> {
  const { signingSessionId } = await merchant.createsSession();
  const answer = await merchant.api.get(`${merchant.portal.apiUrl}/signing/${signingSessionId}/dossier`);
  expect(answer.status()).toBe(200);
  return answer.body();
}

const zip = (buffer: Buffer, name = 'evidence.zip') => ({ name, mimeType: 'application/zip', buffer });

async function expectVerdict(
  page: Page,
  words: VerifyWords,
  verdict: keyof VerifyWords['verdicts'],
  file = 'evidence.zip',
) {
  const section = page.getByRole('region', { name: fill(words.resultOf, { file }) });
  await expect(section).toContainText(words.verdicts[verdict].title);
  await expect(section.getByRole('listitem')).toHaveCount(15);
  await expect(section).toContainText(words.notProved);
  // Whoever hears the page is told the result.
  await expect(section.getByRole('heading', { level: 2 })).toBeFocused();
}

for (const language of copyLanguages) {
  test.describe(`in ${language}`, () => {
    test.use({ locale: language });
    const words = verifyWords[language];

    test('a dossier of this portal is valid so far, a changed one is not, and neither is another portal’s', async ({
      page,
      merchant,
    }) => {
      const dossier = await dossierOf(merchant);
      await page.goto(paths.verify());
      const field = page.getByLabel(words.choose);
      await field.setInputFiles(zip(dossier));
      await expectVerdict(page, words, 'VALID_INTERIM');
      await expectNoAxeViolation(page, language);
      await page.setViewportSize({ width: 320, height: 640 });
      await expectNoSidewaysScroll(page, language);
      const changed = Buffer.from(dossier);
      changed[changed.indexOf('R$ 4.800,00') + 3] = '9'.charCodeAt(0);
      await field.setInputFiles(zip(changed, 'changed.zip'));
      await expectVerdict(page, words, 'TAMPERED', 'changed.zip');
      await field.setInputFiles(zip(Buffer.from((await referenceDossier()).dossier), 'other.zip'));
      await expectVerdict(page, words, 'INVALID', 'other.zip');
      await field.setInputFiles(zip(Buffer.from('%PDF'), 'a.zip'));
      await expectVerdict(page, words, 'INPUT_ERROR', 'a.zip');
    });

    test('without scripts the page says what to run instead, and shows no field for a file', async ({ browser }) => {
      const context = await browser.newContext({ javaScriptEnabled: false, locale: language });
      const page = await context.newPage();
      await page.goto(paths.verify());
      await expect(page.getByRole('main')).toContainText(words.withoutScript);
      await expect(page.getByRole('main')).toContainText('python3 verify.py dossier.zip --trust trust.json');
      await expect(page.locator('input[type=file]')).toHaveCount(0);
      await context.close();
    });
  });
}

test.describe('while a dossier is checked', () => {
  test.use({ isFirstVisit: true });
  const words = verifyWords['pt-BR'];

  test('nothing is asked but the verifier’s own scripts, and the second time nothing at all', async ({
    page,
    merchant,
    context,
  }) => {
    const dossier = await dossierOf(merchant);
    await page.goto(paths.verify());
    const field = page.getByLabel(words.choose);
    await expect(field).toBeVisible();
    await page.waitForLoadState('networkidle');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await field.setInputFiles(zip(dossier));
    await expectVerdict(page, words, 'VALID_INTERIM');
    expect(asked.filter((line) => !/^GET \/_next\/static\/.+\.js$/.test(line))).toEqual([]);
    asked.length = 0;
    await context.setOffline(true);
    await field.setInputFiles(zip(dossier, 'again.zip'));
    await expectVerdict(page, words, 'VALID_INTERIM', 'again.zip');
    expect(asked).toEqual([]);
  });

  test('the browser itself would refuse to send anything from this page', async ({ page }) => {
    const answer = await page.goto(paths.verify());
    expect(answer?.headers()['content-security-policy']).toContain("connect-src 'none'");
    const sent = await page.evaluate(() =>
      fetch('/health/live').then(
        () => 'sent',
        () => 'refused',
      ),
    );
    expect(sent).toBe('refused');
  });
});

/** As every page of the journey: what a phone on a slow network waits for. The verifier comes when a file does. */
const scriptBytesMax = 145_000;

test('the verifier is not loaded before there is a file', async ({ browser }) => {
  // Nothing in its cache: what a cache has weighs nothing.
  const page = await browser.newPage();
  const traffic = new Traffic(page);
  await page.goto(paths.verify());
  await expect(page.getByLabel(verifyWords['pt-BR'].choose)).toBeVisible();
  await expect.poll(() => traffic.isQuiet()).toBe(true);
  expect(traffic.bytes('script'), traffic.told()).toBeLessThanOrEqual(scriptBytesMax);
  expect(traffic.complaints).toEqual([]);
  await page.context().close();
});

test('a dossier can be chosen with the keyboard alone, or dropped', async ({ page, merchant }) => {
  const words = verifyWords['pt-BR'];
  const dossier = await dossierOf(merchant);
  // Asked for before anything can open it: a chooser that opens earlier is the browser's own, and nobody hears of it.
  const chooser = page.waitForEvent('filechooser');
  await page.goto(paths.verify());
  const field = page.getByLabel(words.choose);
  await expect(field).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(field).toBeFocused();
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(zip(dossier));
  await expectVerdict(page, words, 'VALID_INTERIM');
  const dropped = await page.evaluateHandle(
    (bytes) => {
      const carried = new DataTransfer();
      carried.items.add(new File([new Uint8Array(bytes)], 'dropped.zip'));
      return carried;
    },
    [...dossier],
  );
  await page.getByText(words.drop).dispatchEvent('drop', { dataTransfer: dropped });
  await expectVerdict(page, words, 'VALID_INTERIM', 'dropped.zip');
});
