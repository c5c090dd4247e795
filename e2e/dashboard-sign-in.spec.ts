import { paths } from '#lib/paths.ts';
import { commandAt } from '#lib/testing/portal-command.ts';
import { expect, test } from './people.ts';

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('a wrong password is told in a sentence, the e-mail stays, and the right one opens the list', async ({
      staff,
      page,
      accountOf,
    }) => {
      const account = await accountOf('operator');
      await staff.triesToSignIn({ ...account, password: 'a wrong password' });
      await staff.isWarned(staff.words.signIn.problems.credentials_wrong);
      await expect(staff.emailField).toHaveValue(account.email);
      expect(page.url()).not.toContain('%40');
      await page.getByLabel(staff.words.signIn.password).fill(account.password);
      await page.getByRole('button', { name: staff.words.signIn.act, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(staff.words.list.title);
    });

    test('signing out ends the session, on this screen and for whoever kept its cookie', async ({
      staff,
      page,
      accountOf,
      playwright,
      portal,
    }) => {
      await staff.signsIn(await accountOf('operator'));
      const kept = await playwright.request.newContext({
        baseURL: portal.portalUrl,
        storageState: await page.context().storageState(),
      });
      expect((await kept.get(paths.dashboardData('sessions'))).status()).toBe(200);
      await staff.signsOut();
      expect((await kept.get(paths.dashboardData('sessions'))).status()).toBe(401);
      await page.goto(paths.dashboardSessions());
      await expect(page).toHaveURL(new RegExp(`${paths.dashboardLogin()}$`));
      await kept.dispose();
    });
  });
}

test('an unknown address reads like a wrong password', async ({ staff }) => {
  await staff.triesToSignIn({ email: 'ninguem@loja-exemplo.test', password: 'a wrong password' });
  await staff.isWarned(staff.words.signIn.problems.credentials_wrong);
});

test('after ten failures the right password waits too, the page says for how long, and others get in', async ({
  staff,
  accountOf,
  request,
  portal,
}) => {
  const { signIn } = staff.words;
  // Somebody of their own: the account stays shut for a while.
  const email = `locked-${crypto.randomUUID()}@loja-exemplo.test`;
  const made = await commandAt(portal.dataDir, 'staff', 'create', '--email', email, '--workspace', 'Loja Exemplo');
  const account = { email, password: String(made.password) };
  const form = { email: account.email.toUpperCase(), password: 'a wrong password' };
  for (let failures = 0; failures < 10; failures += 1) {
    const headers = { Origin: portal.portalUrl };
    const answer = await request.post(paths.dashboardAct('login'), { form, headers, maxRedirects: 0 });
    expect(answer.headers().location).toContain('credentials_wrong');
  }
  await staff.triesToSignIn(account);
  await staff.isWarned(signIn.problems.too_many_failures);
  await expect(staff.emailField).toHaveValue(account.email);
  await staff.signsIn(await accountOf('viewer'));
});

test('nobody sees anything of the dashboard without signing in', async ({ merchant, page, request }) => {
  const { signingSessionId: id } = await merchant.createsSession();
  for (const path of [paths.dashboard(), paths.dashboardSessions(), paths.dashboardSession(id)]) {
    await page.goto(path);
    await expect(page).toHaveURL(new RegExp(`${paths.dashboardLogin()}$`));
  }
  for (const list of ['sessions', `sessions/${id}`] as const) {
    const answer = await request.get(paths.dashboardData(list));
    expect([answer.status(), await answer.json()]).toEqual([401, { code: 'unauthorized' }]);
  }
});
