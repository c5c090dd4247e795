import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { paths } from '#lib/paths.ts';
import { HttpSigner } from './http-signer.ts';
import { expect, test } from './people.ts';
import { mariaOnFile } from './signer.ts';

/** Takes the README's pictures anew: `npm run check -- --only trials pictures`. */

const folder = join(import.meta.dirname, 'pictures');

test.use({ locale: 'en', deviceScaleFactor: 1 });

test('the review on a phone', async ({ merchant, signer, page }) => {
  const session = await merchant.createsSession({ language: 'en', signerDetails: mariaOnFile });
  await signer.opens(session);
  await page.getByRole('main').getByRole('button').first().click();
  await page.waitForURL(/\/review$/);
  await take(page, 'review');
});

test('the list of sessions at a desk', async ({ merchant, staff, page, portal }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const waiting = await merchant.createsSession({ signerDetails: mariaOnFile });
  const begun = await merchant.createsSession({
    signerDetails: { ...mariaOnFile, name: 'João Exemplo', identity: '11144477735' },
  });
  await (await HttpSigner.opens(begun)).posts('begin', {});
  const cancelled = await merchant.createsSession({ signerDetails: mariaOnFile });
  await merchant.cancels(cancelled.signingSessionId);
  const signed = await merchant.createsSession({ signerDetails: mariaOnFile });
  await HttpSigner.signs(signed);
  await merchant.waitsForDelivery(signed.signingSessionId, 'DELIVERED');
  await page.goto(paths.dashboardLogin());
  await page.locator('[name=email]').fill(portal.staff.email);
  await page.locator('[name=password]').fill(portal.staff.password);
  await page.keyboard.press('Enter');
  await expect(staff.row(waiting.orderId)).toBeVisible();
  await take(page, 'dashboard');
});

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
