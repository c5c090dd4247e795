import { deliveryCopy } from '#lib/copy/dashboard-delivery.ts';
import { eventName } from '#lib/copy/dashboard-terms.ts';
import { HttpSigner } from './http-signer.ts';
import { expect, test } from './people.ts';
import { mariaOnFile } from './signer.ts';

/** The documented refusal of the sandbox lender's table. */
const refusedCpf = '10000000280';
const copy = deliveryCopy['pt-BR'];

test.use({ javaScriptEnabled: false });
test.beforeEach(async ({ staff, accountOf }) => staff.isSignedIn(await accountOf('operator')));

test('without JavaScript staff try a rejected delivery again for a reason, and read what went out and came back', async ({
  merchant,
  staff,
  page,
}) => {
  const session = await merchant.createsSession({ signerDetails: { ...mariaOnFile, identity: refusedCpf } });
  await HttpSigner.signs(session);
  await merchant.waitsForDelivery(session.signingSessionId, 'REJECTED');
  await staff.opensSession(session.signingSessionId);
  await expect(staff.fact(copy.advice)).toContainText('QITECH_SIGNATURE_TYPE');

  await staff.disclosure(copy.retry).click();
  await page
    .getByRole('textbox', { name: copy.reason, exact: true })
    .and(page.locator('#retry-reason'))
    .fill('Credor corrigiu');
  await page.getByRole('button', { name: copy.retryAct, exact: true }).click();
  await expect(staff.section(staff.words.session.timeline)).toContainText(eventName('pt-BR', 'delivery_resumed'));
  await expect(staff.section(staff.words.session.timeline)).toContainText('Credor corrigiu');
  await merchant.waitsForDelivery(session.signingSessionId, 'REJECTED');

  await staff.opensSession(session.signingSessionId);
  await page.getByRole('link', { name: copy.calls.link }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(copy.calls.title);
  await expect(page.getByText(mariaOnFile.name)).toHaveCount(0);
  await staff.disclosure(copy.calls.reveal).click();
  await page.locator('#calls-reason').fill('Chamado 12');
  await page.getByRole('button', { name: copy.calls.revealAct, exact: true }).click();
  await expect(page.getByText(mariaOnFile.name)).toBeVisible();
  await expect(page.getByText('LEG000069').first()).toBeVisible();
});
