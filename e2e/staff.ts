import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { paths } from '#lib/paths.ts';

export type StaffAccount = { email: string; password: string };

/** The cookies of everybody who has signed in, by e-mail; a password is slow to check on purpose. Who signs out signs in by the page. */
const signedIn = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();

/** Somebody at the merchant's desk, before the dashboard. */
export class Staff {
  readonly page: Page;
  readonly language: StaffLanguage;

  constructor(page: Page, language: StaffLanguage = 'pt-BR') {
    this.page = page;
    this.language = language;
  }

  get words() {
    return dashboardCopy[this.language];
  }

  get emailField(): Locator {
    return this.page.getByRole('textbox', { name: this.words.signIn.email });
  }

  async triesToSignIn({ email, password }: StaffAccount): Promise<void> {
    const { signIn } = this.words;
    await this.page.goto(paths.dashboardLogin());
    await this.emailField.fill(email);
    await this.page.getByLabel(signIn.password).fill(password);
    await this.page.getByRole('button', { name: signIn.act, exact: true }).click();
  }

  /** The page says so, as something to be read at once. Next keeps an alert of its own on the page, for its own announcements. */
  async isWarned(words: string): Promise<void> {
    await expect(this.page.getByRole('alert').filter({ hasText: words })).toHaveText(words);
  }

  async signsIn(account: StaffAccount): Promise<void> {
    await this.triesToSignIn(account);
    await this.page.waitForURL(`**${paths.dashboardSessions()}`);
  }

  /** As somebody who has signed in before, in another window: for tests that are about what comes after. */
  async isSignedIn(account: StaffAccount): Promise<void> {
    const { request } = this.page;
    const cookies = signedIn.get(account.email);
    if (cookies !== undefined) return this.page.context().addCookies(cookies);
    const headers = { 'Sec-Fetch-Site': 'same-origin' };
    const answer = await request.post(paths.dashboardAct('login'), { form: account, headers, maxRedirects: 0 });
    expect(answer.headers().location).toMatch(new RegExp(`${paths.dashboardSessions()}$`));
    signedIn.set(account.email, await this.page.context().cookies());
  }

  async opensList(): Promise<void> {
    await this.page.goto(paths.dashboardSessions());
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(this.words.list.title);
  }

  async signsOut(): Promise<void> {
    await this.page.getByRole('button', { name: this.words.signOut, exact: true }).click();
    await this.page.waitForURL(`**${paths.dashboardLogin()}`);
  }

  async searches(key: string): Promise<void> {
    const { list } = this.words;
    await this.page.goto(paths.dashboardSessions());
    await this.page.getByRole('searchbox', { name: list.searchLabel }).fill(key);
    await this.page.getByRole('button', { name: list.search, exact: true }).click();
    await this.page.waitForURL((url) => url.searchParams.has('search') || /sessions\/./.test(url.pathname));
  }

  async filters(status: keyof typeof this.words.status): Promise<void> {
    await this.page
      .getByRole('navigation', { name: this.words.list.filter })
      .getByRole('link', { name: this.words.status[status], exact: true })
      .click();
    await this.page.waitForURL((url) => url.searchParams.get('status') === status);
  }

  /** The list's row of an order. */
  row(orderId: string): Locator {
    return this.page.getByRole('row').filter({ hasText: orderId });
  }

  /** The sessions on the page of the list, from the top. */
  async idsOnPage(): Promise<string[]> {
    const links = await this.page.getByRole('rowheader').getByRole('link').all();
    return Promise.all(links.map(async (link) => (await link.getAttribute('href'))?.split('/').at(-1) ?? ''));
  }

  /** The link to the neighbouring page of the list. */
  neighbour(which: 'newer' | 'older'): Locator {
    const { list } = this.words;
    return this.page.getByRole('navigation', { name: list.pages }).getByRole('link', { name: list[which] });
  }

  async opensSession(id: string): Promise<void> {
    await this.page.goto(paths.dashboardSession(id));
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(
      new RegExp(`^${this.words.session.title}(?: |$)`),
    );
  }

  /** The part of the session page below that heading. */
  section(heading: string): Locator {
    const title = this.page.getByRole('heading', { level: 2, name: heading, exact: true });
    return this.page.locator('section').filter({ has: title });
  }

  /** What the page says under that label. */
  fact(label: string): Locator {
    const term = this.page.getByRole('term').filter({ hasText: new RegExp(`^${label}$`) });
    return this.page.locator('dl > div').filter({ has: term }).getByRole('definition');
  }

  /** The line that opens what most readers leave closed. */
  disclosure(summary: string): Locator {
    return this.page.locator('summary').filter({ hasText: summary });
  }

  get cancelForm(): Locator {
    return this.disclosure(this.words.cancel.open);
  }

  async cancels(reason: string): Promise<void> {
    const { cancel } = this.words;
    await this.cancelForm.click();
    await this.page.getByRole('textbox', { name: cancel.reason }).fill(reason);
    await this.page.getByRole('button', { name: cancel.act, exact: true }).click();
  }
}
