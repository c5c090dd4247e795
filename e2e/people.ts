import { test as base, expect, request } from '@playwright/test';
import { type CommandAnswer, commandAt } from '#lib/testing/portal-command.ts';
import { Merchant } from './merchant.ts';
import { type PortalInfo, portalInfo } from './portal-info.ts';
import { Signer } from './signer.ts';
import { Staff, type StaffAccount } from './staff.ts';

type People = { portal: PortalInfo; merchant: Merchant; signer: Signer; staff: Staff };
type Desk = {
  /** The account of somebody with that role, made once and used by all tests of a worker. */
  accountOf(role: 'viewer' | 'operator' | 'auditor' | 'admin'): Promise<StaffAccount>;
};

export const test = base.extend<People, Desk>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
  portal: async ({}, use) => use(portalInfo.read()),
  baseURL: async ({ portal }, use) => use(portal.portalUrl),
  merchant: async ({ portal }, use) => {
    const api = await request.newContext({ extraHTTPHeaders: { 'X-API-Key': portal.apiKey } });
    await use(new Merchant(portal, api));
    await api.dispose();
  },
  signer: async ({ page }, use) => use(new Signer(page)),
  staff: async ({ page }, use) => use(new Staff(page)),
  accountOf: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const made = new Map<string, Promise<CommandAnswer>>();
      await use(async (role) => {
        const email = `${role}-${process.pid}@loja-exemplo.test`;
        const { dataDir } = portalInfo.read();
        // Named, because a test may make a second workspace.
        const workspace = ['--workspace', 'Loja Exemplo'];
        const make = () => commandAt(dataDir, 'staff', 'create', '--email', email, '--role', role, ...workspace);
        const account = made.get(role) ?? make();
        made.set(role, account);
        return { email, password: String((await account).password) };
      });
    },
    { scope: 'worker' },
  ],
});

export { expect };
