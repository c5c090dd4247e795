import { requestCopy } from '#lib/copy/dashboard-requests.ts';
import { paths } from '#lib/paths.ts';
import { contractText } from './merchant.ts';
import { expect, test } from './people.ts';

const copy = requestCopy['pt-BR'];
const wrong = { orderId: '', signerDetails: { identity: '529.982.247-24' } };

test('an operator finds a refused call by its id and sees what was sent, what was wrong and where it is explained', async ({
  merchant,
  staff,
  page,
  accountOf,
}) => {
  const requestId = await merchant.isRefused(wrong);
  await staff.isSignedIn(await accountOf('operator'));
  await staff.opensList();
  await page.getByRole('link', { name: copy.title, exact: true }).click();
  await page.getByRole('searchbox', { name: copy.searchLabel }).fill(requestId);
  await page.getByRole('button', { name: copy.search, exact: true }).click();
  await page.waitForURL((url) => url.searchParams.get('requestId') === requestId);
  // Nobody who calls waits until the call is kept.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('row', { name: requestId })).toContainText('validation_failed', { timeout: 100 });
  }).toPass();
  await page.getByRole('link', { name: requestId }).click();
  await page.waitForURL(`**${paths.dashboardRequest(requestId)}`);
  const faults = page.locator('dl').first();
  await expect(faults).toContainText(/\/signerDetails\/identity\s*Não é um CPF válido.+cpf_check_digit/);
  await expect(page.getByRole('link', { name: /validation_failed/ })).toHaveAttribute(
    'href',
    paths.docsError('validation_failed'),
  );
  await expect(page.getByText('529.982.247-24')).toBeVisible();
  const html = await page.content();
  expect(html).not.toContain(contractText.slice(0, 20));
  expect(html).not.toContain(merchant.portal.apiKey);
});

test('the list is filtered by the class of the answer, by addresses that work without scripts', async ({
  merchant,
  staff,
  page,
  accountOf,
}) => {
  const requestId = await merchant.isRefused(wrong);
  await staff.isSignedIn(await accountOf('operator'));
  const shown = async (query: string) => (await page.request.get(paths.dashboardRequests() + query)).text();
  await expect.poll(() => shown('?status=4')).toContain(requestId);
  expect(await shown('?status=2')).not.toContain(requestId);
  expect(await shown(`?requestId=${requestId}`)).toContain(requestId);
});

for (const role of ['viewer', 'auditor'] as const) {
  test(`the role ${role} is told that it may not see requests, and is shown no way there`, async ({
    merchant,
    staff,
    page,
    accountOf,
  }) => {
    const requestId = await merchant.isRefused(wrong);
    await staff.isSignedIn(await accountOf(role));
    await staff.opensList();
    await expect(page.getByRole('link', { name: copy.title, exact: true })).toHaveCount(0);
    for (const path of [paths.dashboardRequests(), paths.dashboardRequest(requestId)]) {
      const answer = await page.request.get(path);
      expect([answer.status(), (await answer.text()).includes(copy.problems.forbidden)], path).toEqual([403, true]);
    }
  });
}
