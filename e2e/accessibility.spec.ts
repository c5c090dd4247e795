import { type APIRequestContext, type Browser, type BrowserContext, type Page, request } from '@playwright/test';
import { type CopyLanguage, copyLanguages } from '#lib/copy/language.ts';
import { paths } from '#lib/paths.ts';
import { pageFiles } from '#lib/testing/page-files.ts';
import { commandAt } from '#lib/testing/portal-command.ts';
import { endPortal, type RunningPortal, startPortal } from '#lib/testing/running-portal.ts';
import { signerPageStates } from '#lib/testing/signer-page-states.ts';
import {
  expectNoAxeViolation,
  expectNoAxeViolationButColours,
  expectNoFaintColour,
  expectNoSidewaysScroll,
} from './accessible.ts';
import { HttpSigner } from './http-signer.ts';
import { Merchant, type OpenSession } from './merchant.ts';
import { pageStates, type World } from './page-states.ts';
import { expect, test } from './people.ts';
import { mariaOnFile } from './signer.ts';

const languages = ['pt-BR', 'en'] as const;
/** Pages whose words courts and strangers read in each language; in the others two languages show what a layout cannot take. */
const inEveryLanguage = ['app/verify/page.tsx', 'app/verify/[code]/page.tsx', 'app/sign/[id]/certificate/page.tsx'];

test('every page of the product stands in the table, and the table names no other', async () => {
  expect(Object.keys(pageStates).toSorted(), 'add the new page to e2e/page-states.ts').toEqual(await pageFiles());
});

test('every state of the journey stands in the table', () => {
  const named = Object.values(pageStates).flatMap((states) => Object.keys(states));
  expect(signerPageStates.filter((state) => !named.includes(state))).toEqual([]);
});

test('whoever looks finds a picture without words, a faint colour on either page, and what is too wide', async ({
  page,
}) => {
  await page.goto('/');
  await page.locator('main').evaluate((main) => {
    main.append(Object.assign(document.createElement('img'), { src: '/favicon.svg' }));
    const pale = Object.assign(document.createElement('p'), { textContent: 'pale' });
    Object.assign(pale.style, { color: '#777', background: '#888', width: '2000px' });
    main.append(pale);
  });
  const said = (look: Promise<void>) =>
    look.then(
      () => 'nothing',
      (error: unknown) => String(error),
    );
  expect(await said(expectNoAxeViolation(page, 'all'))).toMatch(/color-contrast.*image-alt/s);
  const butColours = await said(expectNoAxeViolationButColours(page, 'all but colours'));
  expect(butColours).toContain('image-alt');
  expect(butColours).not.toContain('color-contrast');
  const dark = await said(expectNoFaintColour(page, 'dark'));
  expect(dark).toContain('color-contrast');
  expect(dark).not.toContain('image-alt');
  expect(await said(expectNoSidewaysScroll(page, 'wide'))).toContain('pale');
});

// A portal of its own, whose clock is moved before anybody looks; one test after the other, so that one portal and one window do.
test.describe('each page in each state', () => {
  test.describe.configure({ mode: 'default' });
  let portal: RunningPortal;
  let api: APIRequestContext;
  let worlds: Record<CopyLanguage, World>;
  const pages = new Map<CopyLanguage, Promise<Page>>();
  /** One for all states: a new browser context would load and compile the same scripts each time. */
  function pageIn(browser: Browser, language: CopyLanguage): Promise<Page> {
    const page = pages.get(language) ?? browser.newContext({ locale: language }).then((context) => context.newPage());
    pages.set(language, page);
    return page;
  }

  test.beforeAll(async () => {
    test.setTimeout(300_000);
    portal = await startPortal();
    api = await request.newContext({ extraHTTPHeaders: { 'X-API-Key': portal.sandbox.apiKey } });
    const merchant = new Merchant({ ...portal.sandbox, dataDir: portal.dataDir }, api);
    const past = { 'pt-BR': await oldSessions(merchant, 'pt-BR'), en: await oldSessions(merchant, 'en') };
    await commandAt(portal.dataDir, 'clock', 'advance', '31d');
    const viewer = await commandAt(portal.dataDir, 'staff', 'create', '--email', 'v@loja.test', '--role', 'viewer');
    const staffCookie = await signIn(portal.sandbox.portalUrl, portal.sandbox.staff);
    const viewerCookie = await signIn(portal.sandbox.portalUrl, {
      email: 'v@loja.test',
      password: String(viewer.password),
    });
    const worldOf = (language: CopyLanguage, old: World['past']): World => ({
      merchant,
      language,
      staffCookie,
      viewerCookie,
      past: old,
    });
    const [pt, en] = [past['pt-BR'], past.en];
    worlds = { 'pt-BR': worldOf('pt-BR', pt), en: worldOf('en', en), es: worldOf('es', pt), sv: worldOf('sv', en) };
  });
  test.afterAll(async () => {
    for (const page of pages.values()) await (await page).context().close();
    await api.dispose();
    await endPortal(portal);
  });

  for (const [file, states] of Object.entries(pageStates)) {
    for (const [state, reach] of Object.entries(states)) {
      test(`${file}, ${state}: no fault that axe finds, and nothing cut at 320 px or at 200 %`, async ({ browser }) => {
        for (const language of inEveryLanguage.includes(file) ? copyLanguages : languages) {
          const { path, cookie, status = 200, ...place } = await reach(worlds[language]);
          const page = await pageIn(browser, language);
          await page.setViewportSize({ width: 360, height: 740 });
          // A page that renews itself must be gone before its cookie is: without it, it would go elsewhere by itself.
          await page.goto(`${portal.sandbox.portalUrl}/favicon.svg`);
          await holds(page.context(), portal.sandbox.portalUrl, cookie);
          const answer = await page.goto(`${portal.sandbox.portalUrl}${path}`);
          expect(answer?.status(), path).toBe(status);
          await expect(page.locator('html')).toHaveAttribute('lang', place.language ?? language);
          const isFirst = language === languages[0];
          await looksWellEverywhere(page, `${state} in ${language}`, isFirst);
          // Words differ by language, the layout of a desk does not.
          if (isFirst) await expectNoAxeViolation(page, `${state}, desktop`);
        }
      });
    }
  }
});

/** Words differ by language, colours do not: they are looked at in the first. */
async function looksWellEverywhere(page: Page, where: string, withColours: boolean): Promise<void> {
  // What is closed at first is part of the page.
  await page.locator('details').evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '');
  });
  if (withColours) {
    await expectNoAxeViolation(page, `${where}, phone`);
    await expectNoFaintColour(page, `${where}, phone, dark`);
  } else await expectNoAxeViolationButColours(page, `${where}, phone`);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page, `${where}, 320 px`);
  // A zoom of 200 % leaves half the pixels; letters alone can be twice as large too (WCAG 1.4.4).
  await page.setViewportSize({ width: 640, height: 450 });
  await expectNoSidewaysScroll(page, `${where}, 200 %`);
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  await expectNoSidewaysScroll(page, `${where}, letters at 200 %`);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function oldSessions(merchant: Merchant, language: CopyLanguage): Promise<World['past']> {
  const lapsed: OpenSession = await merchant.createsSession({ language });
  const signed = await merchant.createsSession({ language, signerDetails: mariaOnFile });
  await HttpSigner.signs(signed);
  return { lapsed, signed };
}

async function signIn(portalUrl: string, account: { email: string; password: string }): Promise<string> {
  const answer = await fetch(`${portalUrl}${paths.dashboardAct('login')}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: portalUrl },
    body: new URLSearchParams(account),
  });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** That cookie and no other. */
async function holds(context: BrowserContext, url: string, cookie: string | undefined): Promise<void> {
  await context.clearCookies();
  if (cookie === undefined) return;
  const [name = '', ...value] = cookie.split('=');
  await context.addCookies([{ name, value: value.join('='), url }]);
}
