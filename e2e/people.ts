import { test as base, expect, request } from '@playwright/test';
import { type CommandAnswer, commandAt } from '#lib/testing/portal-command.ts';
import { KeptPages } from './kept-pages.ts';
import { Merchant } from './merchant.ts';
import { type PortalInfo, portalInfo } from './portal-info.ts';
import { Signer } from './signer.ts';
import { Staff, type StaffAccount } from './staff.ts';

type People = {
  portal: PortalInfo;
  merchant: Merchant;
  signer: Signer;
  staff: Staff;
  /** Whether the browser must never have seen the portal: nothing in its cache, nothing that another test has left. */
  isFirstVisit: boolean;
};
type Desk = {
  /** Whether the tests of a file work in a workspace that no other test touches: for lists whose rows must be theirs alone. */
  hasOwnWorkspace: boolean;
  workspace: { name: string; apiKey: string };
  keptPages: KeptPages;
  /** The account of somebody with that role, made once and used by all tests of a worker. */
  accountOf(role: 'viewer' | 'operator' | 'auditor' | 'admin'): Promise<StaffAccount>;
};

export const test = base.extend<People, Desk>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
  portal: async ({}, use) => use(portalInfo.read()),
  baseURL: async ({ portal }, use) => use(portal.portalUrl),
  merchant: async ({ portal, workspace }, use) => {
    const api = await request.newContext({ extraHTTPHeaders: { 'X-API-Key': workspace.apiKey } });
    await use(new Merchant({ ...portal, apiKey: workspace.apiKey }, api));
    await api.dispose();
  },
  isFirstVisit: [false, { option: true }],
  context: async ({ browser, keptPages, isFirstVisit, locale, javaScriptEnabled, viewport }, use) => {
    if (isFirstVisit) {
      const context = await browser.newContext();
      await use(context);
      await context.close();
      return;
    }
    const page = await keptPages.lend(browser, { locale, javaScriptEnabled }, viewport);
    await use(page.context());
    await keptPages.takeBack(page);
  },
  page: async ({ context }, use) => use(context.pages()[0] ?? (await context.newPage())),
  keptPages: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const kept = new KeptPages(portalInfo.read().portalUrl);
      await use(kept);
      await kept.close();
    },
    { scope: 'worker' },
  ],
  signer: async ({ page }, use) => use(new Signer(page)),
  staff: async ({ page }, use) => use(new Staff(page)),
  hasOwnWorkspace: [false, { scope: 'worker', option: true }],
  workspace: [
    async ({ hasOwnWorkspace }, use) => {
      const portal = portalInfo.read();
      await use(hasOwnWorkspace ? await newWorkspace(portal.dataDir) : { name: 'Loja Exemplo', apiKey: portal.apiKey });
    },
    { scope: 'worker' },
  ],
  accountOf: [
    async ({ workspace }, use) => {
      const made = new Map<string, Promise<CommandAnswer>>();
      await use(async (role) => {
        const email = `${role}-${process.pid}@loja-exemplo.test`;
        const { dataDir } = portalInfo.read();
        const member = ['--email', email, '--role', role, '--workspace', workspace.name];
        const make = () => commandAt(dataDir, 'staff', 'create', ...member);
        const account = made.get(role) ?? make();
        made.set(role, account);
        return { email, password: String((await account).password) };
      });
    },
    { scope: 'worker' },
  ],
});

async function newWorkspace(dataDir: string): Promise<Desk['workspace']> {
  const name = `Loja ${crypto.randomUUID()}`;
  const legalNames = ['--merchant-legal-name', 'Loja Ltda.', '--lender-legal-name', 'Credor S.A.'];
  await commandAt(dataDir, 'workspace', 'create', '--name', name, ...legalNames);
  const key = await commandAt(dataDir, 'api-key', 'create', '--workspace', name);
  return { name, apiKey: String(key.apiKey) };
}

export { expect };
