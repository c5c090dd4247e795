import { deliveryCopy } from '#lib/copy/dashboard-delivery.ts';
import { reencodeCopy } from '#lib/copy/dashboard-reencode.ts';
import { eventName } from '#lib/copy/dashboard-terms.ts';
import { paths } from '#lib/paths.ts';
import { commandAt } from '#lib/testing/portal-command.ts';
import { expectNoAxeViolation, expectNoSidewaysScroll } from './accessible.ts';
import { HttpSigner } from './http-signer.ts';
import { expect, test } from './people.ts';
import { mariaOnFile } from './signer.ts';

/** The sandbox lender takes the hyphen alone from this signer. */
const hyphenCpf = '10000004278';
const copy = reencodeCopy['pt-BR'];

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('one admin proposes another spelling, another approves it, and the lender has it', async ({
    merchant,
    staff,
    page,
    accountOf,
    portal,
    workspace,
  }) => {
    const session = await merchant.createsSession({ signerDetails: { ...mariaOnFile, identity: hyphenCpf } });
    await HttpSigner.signs(session);
    const id = session.signingSessionId;
    await merchant.waitsForDelivery(id, 'REJECTED');

    await staff.signsIn(await accountOf('admin'));
    await page.goto(paths.dashboardCalls(id));
    await staff.disclosure(copy.propose).click();
    await page.locator('#reencode-reason').fill('Credor pede o hífen');
    await page.getByRole('button', { name: copy.proposeAct, exact: true }).click();
    await expect(page.getByText(copy.problems.form_unchanged)).toBeVisible();
    await page.getByRole('radio', { name: 'data-signature', exact: true }).check();
    await page.locator('#reencode-reason').fill('Credor pede o hífen');
    await page.getByRole('button', { name: copy.proposeAct, exact: true }).click();
    await expect(page.getByText('data_signature → data-signature')).toBeVisible();
    await staff.disclosure(copy.decide).click();
    await expect(page.getByRole('button', { name: copy.acts.approved, exact: true })).toHaveCount(0);
    await expect(page.getByRole('button', { name: copy.acts.withdrawn, exact: true })).toBeVisible();
    await staff.signsOut();

    const email = `second-admin-${process.pid}@loja-exemplo.test`;
    const member = ['--email', email, '--role', 'admin', '--workspace', workspace.name];
    const { password } = await commandAt(portal.dataDir, 'staff', 'create', ...member);
    await staff.signsIn({ email, password: String(password) });
    await page.goto(paths.dashboardCalls(id));
    await expect(page.getByText('Credor pede o hífen')).toBeVisible();
    await staff.disclosure(copy.decide).click();
    await page.locator('#reencode-reason').fill('Conferido');
    await page.getByRole('button', { name: copy.acts.approved, exact: true }).click();
    await merchant.waitsForDelivery(id, 'DELIVERED');

    const { received } = await merchant.lenderRecordOf(session.debtKey);
    const sent = received.filter(({ method }) => method === 'POST');
    const bodies = sent.map(({ bodyBase64 }) => JSON.parse(Buffer.from(bodyBase64, 'base64').toString()));
    expect(bodies.map(({ type }) => type)).toEqual(['data_signature', 'data-signature']);
    const texts = bodies.map(({ signatures }) => signatures[0].signed_object.raw_text);
    expect(texts[1]).toBe(texts[0]);
    await staff.opensSession(id);
    const timeline = staff.section(staff.words.session.timeline);
    for (const type of ['delivery_reencode_proposed', 'delivery_reencode_approved'] as const)
      await expect(timeline).toContainText(eventName('pt-BR', type));
    await expect(timeline).toContainText('Conferido');
    await page.getByRole('link', { name: deliveryCopy['pt-BR'].calls.link }).click();
    await expect(page.getByText(copy.title)).toHaveCount(0);
  });
});

test('whoever proposes on a narrow phone meets no barrier', async ({ merchant, staff, page, accountOf }) => {
  const session = await merchant.createsSession({ signerDetails: { ...mariaOnFile, identity: hyphenCpf } });
  await HttpSigner.signs(session);
  await merchant.waitsForDelivery(session.signingSessionId, 'REJECTED');
  await page.setViewportSize({ width: 320, height: 640 });
  await staff.signsIn(await accountOf('admin'));
  await page.goto(paths.dashboardCalls(session.signingSessionId));
  await staff.disclosure(copy.propose).click();
  await expect(page.getByRole('radio', { name: 'data_signature', exact: true })).toBeChecked();
  await expectNoAxeViolation(page, 'a proposal');
  await expectNoSidewaysScroll(page, 'a proposal');
});
