import type { Browser, Page } from '@playwright/test';
import { awkwardTexts } from './awkward-texts.ts';
import { expect, test } from './people.ts';
import { Traffic } from './traffic.ts';

/** Bytes on the wire, headers counted. The first two until two seconds after the load: what a phone on a slow network waits for. */
const budget = { script: 145_000, all: 185_000, scriptAfterFocus: 190_000 };
const windowMs = 2_000;

/** What a person touches first on each page; the improvements of its form load then. */
const firstTouch = {
  read: 'button',
  details: 'input[name="name"]',
  review: 'input[type="checkbox"]',
  receipt: 'a',
} as const;

test('each page of the journey keeps within its budget of bytes with a contract of 30 kB, and asks no other host', async ({
  merchant,
  signer,
  page,
  browser,
}) => {
  const text = awkwardTexts['thirty kilobytes'] ?? '';
  expect(Buffer.byteLength(text)).toBeGreaterThanOrEqual(30_000);
  const session = await merchant.createsSession({ contract: { title: 'Contrato de crédito', text } });

  await signer.opens(session);
  await weigh('read', page, browser);
  await signer.begins();
  await weigh('details', page, browser);
  await signer.givesDetails();
  await weigh('review', page, browser);
  await signer.agrees();
  await signer.signs();
  await page.waitForURL(/\/receipt$/);
  await weigh('receipt', page, browser);
});

/** Opens the same page in a browser that has never seen the portal: same cookies, empty cache. */
async function weigh(name: keyof typeof firstTouch, at: Page, browser: Browser): Promise<void> {
  await test.step(name, async () => {
    const fresh = await browser.newContext({ storageState: await at.context().storageState() });
    const page = await fresh.newPage();
    const traffic = new Traffic(page);
    await page.goto(at.url(), { waitUntil: 'load' });
    await page.waitForFunction((span) => {
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return navigation !== undefined && performance.now() - navigation.loadEventEnd > span;
    }, windowMs);
    await expect.poll(() => traffic.isQuiet()).toBe(true);
    expect(traffic.bytes('script'), `script of ${name}\n${traffic.told()}`).toBeLessThanOrEqual(budget.script);
    expect(traffic.bytes(), `all of ${name}\n${traffic.told()}`).toBeLessThanOrEqual(budget.all);

    await page.locator(firstTouch[name]).first().focus();
    await expect.poll(() => traffic.isQuiet()).toBe(true);
    const afterFocus = traffic.bytes('script');
    expect(afterFocus, `script of ${name} after the first focus\n${traffic.told()}`).toBeLessThanOrEqual(
      budget.scriptAfterFocus,
    );

    expect(traffic.hosts()).toEqual([new URL(at.url()).host]);
    expect(traffic.withoutWeight(), 'everything was fetched, nothing came from a cache').toEqual([]);
    expect(traffic.complaints).toEqual([]);
    await fresh.close();
  });
}
