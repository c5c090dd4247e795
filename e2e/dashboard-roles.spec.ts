import type { APIRequestContext, APIResponse, Page } from '@playwright/test';
import { accessCopy } from '#lib/copy/dashboard-accesses.ts';
import { paths } from '#lib/paths.ts';
import { commandAt } from '#lib/testing/portal-command.ts';
import { HttpSigner } from './http-signer.ts';
import { expect, test } from './people.ts';

/** Nobody on earth, so that a hit is a leak: every value is known to the portal before the signer comes. */
const canary = {
  name: 'Zulmira Quaresma Jaboticabeira Wanderwaal',
  email: 'zulmira.jaboticabeira.quaresma@caixa-postal-rara.exemplo.com.br',
  identity: '12345678909',
  phone: '+5593987654321',
};
/** As a mask must not let them through, in any way of writing them. */
const fullValues = [
  canary.name,
  'Jaboticabeira',
  'Wanderwaal',
  canary.email,
  'zulmira.jaboticabeira',
  canary.identity,
  '123.456.789-09',
  canary.phone,
  '5593987654321',
  '93987654321',
  '98765-4321',
  '987654321',
];
const secretText = 'CLÁUSULA ÚNICA. O jequitibá fica com o comprador.\n';
const allRoles = ['viewer', 'operator', 'auditor', 'admin'] as const;

/** Every address of the dashboard that shows a session, as page, as payload of the router, and as data. */
async function everythingAbout(
  request: APIRequestContext,
  id: string,
): Promise<{ path: string; answer: APIResponse }[]> {
  const searched = [canary.identity, '123.456.789-09', id].map((q) => `?q=${encodeURIComponent(q)}`);
  const pages = [
    paths.dashboardSession(id),
    `${paths.dashboardSession(id)}?problem=reason_missing`,
    ...['', '?status=COMPLETED', ...searched].map((query) => paths.dashboardSessions() + query),
  ];
  const data = ['', ...searched].map((query) => paths.dashboardData('sessions') + query);
  const asked = [
    ...pages.map((path) => ({ path, headers: {} })),
    ...pages.map((path) => ({ path, headers: { RSC: '1' } })),
    ...[...data, paths.dashboardData(`sessions/${id}`)].map((path) => ({ path, headers: {} })),
  ];
  return Promise.all(asked.map(async ({ path, headers }) => ({ path, answer: await request.get(path, { headers }) })));
}

for (const role of allRoles) {
  test(`no answer of the dashboard gives a ${role} a person's name, e-mail, CPF or phone in full`, async ({
    merchant,
    staff,
    page,
    accountOf,
  }) => {
    const delivered = await merchant.createsSession({ signerDetails: canary });
    await HttpSigner.signs(delivered);
    await merchant.waitsForDelivery(delivered.signingSessionId, 'DELIVERED');
    const typed = await merchant.createsSession();
    const { name, email, identity, phone } = canary;
    await (await HttpSigner.opens(typed)).readsOffer({ name, email, identity, phone: phone.slice(3) });
    await staff.isSignedIn(await accountOf(role));
    for (const { signingSessionId: id } of [delivered, typed]) {
      for (const { path, answer } of await everythingAbout(page.request, id)) {
        const body = await answer.text();
        expect(answer.status(), path).toBe(200);
        // What the reader typed stands in the search box again; that is no news to them.
        const values = fullValues.filter((value) => !decodeURIComponent(path).includes(value));
        const shown = values.filter((value) => body.includes(value));
        expect(shown, `${path} shows a value in full`).toEqual([]);
      }
    }
    await staff.opensSession(delivered.signingSessionId);
    await expect(staff.fact(staff.words.list.columns.person)).toContainText('***.456.789-**');
  });
}

test.describe('evidence and contract', () => {
  test('are kept from a viewer, in the page, its payload and its data', async ({
    merchant,
    staff,
    page,
    accountOf,
  }) => {
    const session = await merchant.createsSession({
      contract: { title: 'Contrato', text: secretText },
      signerDetails: canary,
    });
    await HttpSigner.signs(session);
    await staff.isSignedIn(await accountOf('viewer'));
    await staff.opensSession(session.signingSessionId);
    await expect(page.getByText(staff.words.session.evidenceHidden)).toBeVisible();
    await expect(page.getByRole('heading', { name: staff.words.session.evidence })).toHaveCount(0);
    for (const { path, answer } of await everythingAbout(page.request, session.signingSessionId)) {
      const body = await answer.text();
      expect(body, path).not.toContain('jequitibá');
      expect(body, path).not.toContain('127.0.0.1 ·');
      expect(body, path).not.toMatch(/"network"|sourcePort|acceptedAt/);
    }
  });

  test('are there for an auditor', async ({ merchant, staff, page, accountOf }) => {
    const session = await merchant.createsSession({ contract: { title: 'Contrato', text: secretText } });
    await staff.isSignedIn(await accountOf('auditor'));
    await staff.opensSession(session.signingSessionId);
    expect(await page.content()).toContain('jequitibá');
    await expect(page.getByRole('heading', { name: staff.words.session.evidence })).toBeVisible();
  });
});

for (const role of ['viewer', 'auditor'] as const) {
  test(`a ${role} has no way to cancel, not even by posting the form`, async ({ merchant, staff, page, accountOf }) => {
    const { signingSessionId: id } = await merchant.createsSession();
    await staff.isSignedIn(await accountOf(role));
    await staff.opensSession(id);
    await expect(staff.cancelForm).toHaveCount(0);
    await page.goto((await postCancel(page, id)).headers().location ?? '');
    await expect(page.getByText(staff.words.cancel.problems.forbidden)).toBeVisible();
    expect((await merchant.reads(id)).status).toBe('PENDING');
  });
}

test('staff of another workspace find no trace of a session, and cannot cancel it', async ({
  merchant,
  staff,
  page,
  portal,
}) => {
  const session = await merchant.createsSession({ signerDetails: canary });
  const { signingSessionId: id } = session;
  const workspace = `Outra Loja ${crypto.randomUUID()}`;
  const email = `estranha-${crypto.randomUUID()}@outra-loja.test`;
  const legalNames = ['--merchant-legal-name', 'Outra Loja Ltda.', '--lender-legal-name', 'Outro Credor S.A.'];
  await commandAt(portal.dataDir, 'workspace', 'create', '--name', workspace, ...legalNames);
  const made = await commandAt(
    portal.dataDir,
    ...['staff', 'create', '--email', email, '--role', 'admin', '--workspace', workspace],
  );
  await staff.signsIn({ email, password: String(made.password) });
  await expect(page.getByText(staff.words.list.none)).toBeVisible();
  const opened = await page.goto(paths.dashboardSession(id));
  expect(opened?.status()).toBe(404);
  await expect(page.getByText(staff.words.notFound)).toBeVisible();
  const data = await page.request.get(paths.dashboardData(`sessions/${id}`));
  expect([data.status(), await data.json()]).toEqual([404, { code: 'signing_session_not_found' }]);
  for (const key of [id, session.orderId, session.debtKey, canary.identity]) {
    const found = await page.request.get(`${paths.dashboardData('sessions')}?q=${encodeURIComponent(key)}`);
    expect((await found.json()).items, `searched by ${key}`).toEqual([]);
  }
  const refused = await page.goto((await postCancel(page, id)).headers().location ?? '');
  expect(refused?.status()).toBe(404);
  expect((await merchant.reads(id)).status).toBe('PENDING');
});

test('an id that names nothing answers like one of somebody else', async ({ staff, page, accountOf }) => {
  await staff.isSignedIn(await accountOf('admin'));
  for (const id of ['00000000-0000-4000-8000-000000000000', 'x', '%00', '..%2F..']) {
    const answer = await page.request.get(`/dashboard/sessions/${id}`);
    expect(answer.status(), id).toBe(404);
    const data = await page.request.get(`/dashboard/data/sessions/${id}`);
    expect(data.status(), id).toBe(404);
  }
});

test('a form from another site does nothing', async ({ merchant, staff, page, accountOf }) => {
  const { signingSessionId: id } = await merchant.createsSession();
  await staff.isSignedIn(await accountOf('operator'));
  expect((await postCancel(page, id, 'https://outro-site.example')).status()).toBe(403);
  expect((await merchant.reads(id)).status).toBe('PENDING');
});

for (const role of allRoles) {
  const may = role === 'auditor' || role === 'admin';
  test(`the inventory of accesses is ${may ? 'shown to' : 'hidden from'} a ${role}`, async ({
    merchant,
    staff,
    accountOf,
  }) => {
    const { signingSessionId } = await merchant.createsSession({ signerDetails: canary });
    const { api, portal } = merchant;
    expect((await api.get(`${portal.apiUrl}/signing/${signingSessionId}/evidence`)).status()).toBe(200);
    await staff.isSignedIn(await accountOf(role));
    await staff.opensSession(signingSessionId);
    const { title, takers, acts } = accessCopy['pt-BR'];
    const row = staff.section(title).getByRole('row').filter({ hasText: takers.merchant });
    if (may) await expect(row).toContainText(acts.evidence);
    else await expect(staff.section(title)).toHaveCount(0);
  });
}

/** The form of the cancel act, posted by hand with the cookies of the page. */
function postCancel(page: Page, sessionId: string, origin = new URL(page.url()).origin): Promise<APIResponse> {
  const form = { sessionId, reason: 'por engano' };
  return page.request.post(paths.dashboardAct('cancel'), { form, headers: { Origin: origin }, maxRedirects: 0 });
}
