import { keysCopy } from '#lib/copy/dashboard-keys.ts';
import { paths } from '#lib/paths.ts';
import { expect, test } from './people.ts';

const words = keysCopy['pt-BR'];

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('an admin makes a key, sees it once, rotates it and revokes the old one with a reason', async ({
      staff,
      page,
      accountOf,
      playwright,
      portal,
    }) => {
      const api = await playwright.request.newContext({ baseURL: portal.portalUrl });
      const statusWith = async (key: string) =>
        (await api.get('/api/v1/signing/providers', { headers: { 'X-API-Key': key } })).status();
      const name = `caixa ${crypto.randomUUID()}`;
      const shownKey = async () => (await page.getByRole('code').textContent()) ?? '';
      const rowOf = (key: string) =>
        page
          .getByRole('row')
          .filter({ hasText: name })
          .filter({ hasText: `…${key.slice(-4)}` });

      await staff.isSignedIn(await accountOf('admin'));
      await staff.opensList();
      await page.getByRole('link', { name: words.title }).click();
      await page.getByLabel(words.create.name, { exact: true }).fill(name);
      await page.getByLabel(words.scope['sessions:read'], { exact: true }).check();
      await page.getByRole('button', { name: words.create.act }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.made.title);
      const first = await shownKey();
      expect(await statusWith(first)).toBe(200);
      await page.getByRole('link', { name: words.made.back }).click();
      await expect(rowOf(first)).toContainText(words.state.live);
      expect(await page.content()).not.toContain(first.slice(5));

      await rowOf(first).locator('summary', { hasText: words.rotate.open }).click();
      await rowOf(first).getByRole('button', { name: words.rotate.act }).click();
      const second = await shownKey();
      expect([await statusWith(first), await statusWith(second)]).toEqual([200, 200]);
      await page.getByRole('link', { name: words.made.back }).click();

      await rowOf(first).locator('summary', { hasText: words.revoke.open }).click();
      await rowOf(first).getByLabel(words.revoke.reason, { exact: true }).fill('vazou no repositório');
      await rowOf(first).getByRole('button', { name: words.revoke.act }).click();
      await expect(rowOf(first)).toContainText('vazou no repositório');
      expect([await statusWith(first), await statusWith(second)]).toEqual([401, 200]);
      await api.dispose();
    });
  });
}

for (const role of ['viewer', 'operator', 'auditor'] as const) {
  test(`a ${role} is shown no key`, async ({ staff, page, accountOf }) => {
    await staff.isSignedIn(await accountOf(role));
    await staff.opensList();
    await expect(page.getByRole('link', { name: words.title })).toHaveCount(0);
    const answer = await page.goto(paths.dashboardKeys());
    expect(answer?.status()).toBe(403);
    await expect(page.getByText(words.refused)).toBeVisible();
    await expect(page.getByRole('table')).toHaveCount(0);
  });
}
