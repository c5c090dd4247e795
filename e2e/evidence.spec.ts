import type { Page } from '@playwright/test';
import { certificateCopy } from '#lib/copy/dashboard-certificate.ts';
import { receiptWords } from '#lib/copy/receipt-page.ts';
import { verifyReceiptWords } from '#lib/copy/verify-receipt.ts';
import { paths } from '#lib/paths.ts';
import { HttpSigner } from './http-signer.ts';
import type { Merchant } from './merchant.ts';
import { expect, test } from './people.ts';
import { maria, mariaOnFile, Signer } from './signer.ts';

const words = receiptWords['pt-BR'];

/** What a link of the page downloads: its name and its first bytes. */
async function downloads(page: Page, link: string): Promise<{ name: string; start: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link, exact: true }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  return { name: download.suggestedFilename(), start: Buffer.concat(chunks).toString('latin1', 0, 5) };
}

/** The names under which the API hands the session's files out. */
async function fileName(merchant: Merchant, sessionId: string, what: string): Promise<string> {
  const answer = await merchant.api.get(`${merchant.portal.apiUrl}/signing/${sessionId}/${what}`);
  return answer.headers()['content-disposition'] ?? String(answer.status());
}

test('whoever has signed keeps contract, certificate and proof, interim at first and final within the minute', async ({
  merchant,
  page,
}) => {
  const signer = new Signer(page, 'pt-BR');
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await signer.accepts(session);
  await signer.isOn('receipt');
  await expect
    .poll(() => fileName(merchant, session.signingSessionId, 'dossier'), { timeout: 60_000 })
    .toMatch(/-final\.zip"$/);
  await page.reload();
  await expect(page.getByText(words.proved)).toBeVisible();
  const id = session.signingSessionId;
  expect(await downloads(page, words.document)).toEqual({ name: `contract-${id}-final.pdf`, start: '%PDF-' });
  expect(await downloads(page, words.dossier)).toEqual({ name: `dossier-${id}-final.zip`, start: 'PK\u0003\u0004\n' });
  expect(await fileName(merchant, id, 'certificate?version=court')).toMatch(/certificate-.*-court-final\.pdf"$/);

  const code = await signer.receiptCode();
  await page.getByRole('link', { name: words.certificate, exact: true }).click();
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(12);
  await expect(page.getByText(code).first()).toBeVisible();
  await expect(page.getByText(maria.identity)).toHaveCount(0);
});

test.describe('a receipt code', () => {
  test.use({ locale: 'pt-BR' });
  const receipt = verifyReceiptWords['pt-BR'];

  test('typed by hand leads to what the public may know, and to nobody’s name', async ({ merchant, page }) => {
    const session = await merchant.createsSession({ signerDetails: mariaOnFile });
    await HttpSigner.signs(session);
    const signed = await merchant.reads(session.signingSessionId);
    const code = signed.status === 'COMPLETED' ? signed.receiptCode : '';
    await page.goto(paths.verify());
    await page.getByLabel(receipt.ask.label).fill(code.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('button', { name: receipt.ask.act }).click();
    await expect(page.getByText(code, { exact: true })).toBeVisible();
    await expect(page.getByText(mariaOnFile.name)).toHaveCount(0);
    await page.goto(paths.verify('2222-2222-2222'));
    await expect(page.getByText(receipt.notFound.title)).toBeVisible();
  });
});

test('staff who say why take the dossier; without a reason they are told so, and take nothing', async ({
  merchant,
  staff,
  accountOf,
  page,
}) => {
  await staff.isSignedIn(await accountOf('auditor'));
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await HttpSigner.signs(session);
  await staff.opensSession(session.signingSessionId);
  const { dossier } = staff.words;
  const act = page.getByRole('button', { name: dossier.act });
  const reason = page.locator('form').filter({ has: act }).getByRole('textbox', { name: dossier.reason });
  await staff.disclosure(dossier.open).click();
  await reason.fill('   ');
  await act.click();
  await expect(page.getByText(dossier.problems.reason_missing)).toBeVisible();
  await reason.fill('Pedido da cliente');
  const [download] = await Promise.all([page.waitForEvent('download'), act.click()]);
  expect(download.suggestedFilename()).toMatch(/^dossier-.*\.zip$/);
});

test('staff read the certificate masked, and whole once they have said why', async ({
  merchant,
  staff,
  page,
  accountOf,
}) => {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await HttpSigner.signs(session);
  await staff.isSignedIn(await accountOf('auditor'));
  await staff.opensSession(session.signingSessionId);
  const words = certificateCopy['pt-BR'];
  const main = page.getByRole('main');
  await page.getByRole('link', { name: words.read, exact: true }).click();
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(12);
  await expect(main).not.toContainText(mariaOnFile.email);

  await page.goto(paths.dashboardCertificate(session.signingSessionId, 'court'));
  await expect(page.getByText(words.locked)).toBeVisible();
  await expect(main).not.toContainText(mariaOnFile.email);
  await staff.disclosure(words.openCourt).click();
  await page.getByRole('textbox', { name: words.reason }).fill('Processo 1');
  await page.getByRole('button', { name: words.readCourt, exact: true }).click();
  await expect(main).toContainText(mariaOnFile.email);
});

test('a viewer is given no certificate, not even by posting the form', async ({ merchant, staff, page, accountOf }) => {
  const session = await merchant.createsSession({ signerDetails: mariaOnFile });
  await HttpSigner.signs(session);
  await staff.isSignedIn(await accountOf('viewer'));
  const { signingSessionId: sessionId } = session;
  const words = certificateCopy['pt-BR'];
  for (const version of ['shared', 'court'] as const) {
    const answer = await page.goto(paths.dashboardCertificate(sessionId, version));
    expect(answer?.status()).toBe(403);
    await expect(page.getByText(words.problems.forbidden)).toBeVisible();
    const posted = await page.request.post(paths.dashboardAct('certificate'), {
      form: { sessionId, version, as: 'pdf', reason: 'Processo 1' },
      headers: { 'Sec-Fetch-Site': 'same-origin' },
      maxRedirects: 0,
    });
    expect(posted.status()).toBe(303);
    expect(posted.headers().location).toContain('certificateProblem=forbidden');
  }
});
