import { Webhook } from 'standardwebhooks';
import { webhookCopy } from '#lib/copy/dashboard-webhooks.ts';
import { paths } from '#lib/paths.ts';
import { startWebhookReceiver, type WebhookReceiver } from '#lib/testing/webhook-receiver.ts';
import { expectNoAxeViolation, expectNoSidewaysScroll } from './accessible.ts';
import { expect, test } from './people.ts';

test.use({ hasOwnWorkspace: true });

const words = webhookCopy['pt-BR'];
let receiver: WebhookReceiver;
test.beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
test.afterEach(() => receiver.stop());

/** Alone: proofs of sessions that somebody has signed in this workspace before may become final meanwhile. */
const trials = () => receiver.received.filter(({ message }) => message.type === 'webhook.test');

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an admin makes a webhook, sees its secret once, tries it out, sends again, changes the secret and disables it', async ({
    staff,
    page,
    accountOf,
  }) => {
    await staff.isSignedIn(await accountOf('admin'));
    await staff.opensList();
    await page.getByRole('link', { name: words.title }).click();
    await page.getByText(words.make.open).click();
    await page.getByLabel(words.make.url).fill(receiver.url);
    await page.getByLabel('evidence.final').check();
    await page.getByRole('button', { name: words.make.act }).click();
    const secret = (await page.locator('#secret').textContent()) ?? '';
    await page.getByRole('link', { name: words.secret.back }).click();
    await expect(page.getByRole('heading', { name: receiver.url })).toBeVisible();
    expect(await page.content()).not.toContain(secret);

    await page.getByRole('button', { name: words.acts.test }).click();
    await expect.poll(() => trials().length).toBe(1);
    const [first] = trials();
    expect(new Webhook(secret).verify(first?.body ?? '', first?.headers ?? {})).toEqual(first?.message);
    const row = page.getByRole('row').filter({ hasText: 'webhook.test' });
    await expect(async () => {
      await page.reload();
      await expect(row).toContainText(words.messages.status.DELIVERED);
    }).toPass();
    await expect(row).toContainText('http_204');
    await row.getByRole('button', { name: words.acts.resend }).click();
    await expect.poll(() => trials().length).toBe(2);
    expect(trials()[1]?.body).toEqual(first?.body);

    await page.locator('summary').filter({ hasText: words.acts.rotate }).click();
    await page.getByRole('button', { name: words.acts.rotate }).click();
    await expect(page.locator('#secret')).not.toHaveText(secret);
    await page.getByRole('link', { name: words.secret.back }).click();
    await page.locator('summary').filter({ hasText: words.acts.disable }).click();
    await page.getByRole('button', { name: words.acts.disable }).click();
    await expect(page.getByText(words.state.by_person)).toBeVisible();
    await expect(page.getByRole('button', { name: words.acts.test })).toHaveCount(0);
  });
});

test('an address inside is refused in words, and nobody but an admin comes here', async ({
  staff,
  page,
  accountOf,
}) => {
  await staff.isSignedIn(await accountOf('admin'));
  await page.goto(paths.dashboardWebhooks());
  await page.getByText(words.make.open).click();
  await page.getByLabel(words.make.url).fill('https://10.0.0.1/');
  await page.getByRole('button', { name: words.make.act }).click();
  await expect(page.getByText(words.problems.webhook_url_private)).toBeVisible();
  await staff.isSignedIn(await accountOf('operator'));
  await staff.opensList();
  await expect(page.getByRole('link', { name: words.title })).toHaveCount(0);
  const answer = await page.goto(paths.dashboardWebhooks());
  expect(answer?.status()).toBe(403);
  const form = { act: 'test', endpointId: '00000000-0000-4000-8000-000000000000' };
  const headers = { Origin: new URL(page.url()).origin };
  const posted = await page.request.post(paths.dashboardWebhookAct('change'), { form, headers, maxRedirects: 0 });
  expect(posted.headers().location).toContain('problem=forbidden');
});

test('both pages read well on a phone and to a screen reader', async ({ staff, page, accountOf }) => {
  await staff.isSignedIn(await accountOf('admin'));
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(paths.dashboardWebhooks());
  await page.getByText(words.make.open).click();
  await page.getByLabel(words.make.url).fill(receiver.url);
  await expectNoAxeViolation(page, 'webhooks');
  await expectNoSidewaysScroll(page, 'webhooks');
  await page.getByRole('button', { name: words.make.act }).click();
  await expectNoAxeViolation(page, 'secret');
  await page.getByRole('link', { name: words.secret.back }).click();
  await page.getByRole('button', { name: words.acts.test }).click();
  await expect.poll(() => trials().length).toBe(1);
  await page.reload();
  await expectNoAxeViolation(page, 'one webhook');
  await expectNoSidewaysScroll(page, 'one webhook');
});
