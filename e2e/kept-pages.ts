import type { Browser, BrowserContext, Page } from '@playwright/test';

/** What a test may set of its browser that only a new context can give. */
export type Kind = { locale: string | undefined; javaScriptEnabled: boolean };

/** Whatever a test hears of its page: the next one must not be told it too. */
const heard = ['request', 'response', 'requestfinished', 'requestfailed', 'console', 'pageerror', 'dialog'] as const;

/**
 * The windows of a worker, one for each kind, handed from test to test: opening one and loading the same scripts into it takes
 * longer than most of what the tests do in it. Our pages keep nothing in a browser but cookies and what its cache may hold; a test
 * that is about more, or adds to its browser what cannot be taken away, asks for one of its own by `isFirstVisit`.
 */
export class KeptPages {
  readonly #pages = new Map<string, Page>();
  /** Where a window waits for the next test: an image of the portal itself, since an empty page would end the process that holds its scripts. */
  readonly #rest: string;

  constructor(portalUrl: string) {
    this.#rest = new URL('/favicon.svg', portalUrl).href;
  }

  /** As a person finds it who comes back after somebody else has signed out and left. */
  async lend(browser: Browser, kind: Kind, size: { width: number; height: number } | null): Promise<Page> {
    const key = JSON.stringify(kind);
    const kept = this.#pages.get(key);
    if (kept !== undefined && !kept.isClosed()) {
      if (size !== null) await kept.setViewportSize(size);
      return kept;
    }
    const page = await (await browser.newContext()).newPage();
    this.#pages.set(key, page);
    return page;
  }

  /** Takes from the window whatever a test has left in it, so that nothing goes on there while others work. */
  async takeBack(page: Page): Promise<void> {
    const context = page.context();
    await closeOthers(context, page);
    for (const event of heard) page.removeAllListeners(event);
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.setOffline(false);
    await page.emulateMedia({
      media: null,
      colorScheme: null,
      reducedMotion: null,
      forcedColors: null,
      contrast: null,
    });
    await page.goto(this.#rest);
    await context.clearCookies();
  }

  async close(): Promise<void> {
    for (const page of this.#pages.values()) await page.context().close();
  }
}

async function closeOthers(context: BrowserContext, page: Page): Promise<void> {
  for (const other of context.pages()) if (other !== page) await other.close();
}
