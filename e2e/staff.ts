import { expect, type Locator, type Page } from '@playwright/test';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { paths } from '#lib/paths.ts';

export type StaffAccount = { email: string; password: string };

/** Somebody at the merchant's desk, before the dashboard. */
export class Staff {
  readonly page: Page;
  readonly language: CopyLanguage;

  constructor(page: Page, language: CopyLanguage = 'pt-BR') {
    this.page = page;
    this.language = language;
  }

  get words() {
    return dashboardCopy[this.language];
  }

  async triesToSignIn({ email, password }: StaffAccount): Promise<void> {
    const { signIn } = this.words;
    await this.page.goto(paths.dashboardLogin());
    await this.page.getByRole('textbox', { name: signIn.email }).fill(email);
    await this.page.getByLabel(signIn.password).fill(password);
    await this.page.getByRole('button', { name: signIn.act, exact: true }).click();
  }

  async signsIn(account: StaffAccount): Promise<void> {
    await this.triesToSignIn(account);
    await this.page.waitForURL(`**${paths.dashboardSessions()}`);
  }

  async searches(key: string): Promise<void> {
    const { list } = this.words;
    await this.page.goto(paths.dashboardSessions());
    await this.page.getByRole('searchbox', { name: list.searchLabel }).fill(key);
    await this.page.getByRole('button', { name: list.search, exact: true }).click();
    await this.page.waitForURL((url) => url.searchParams.has('q') || /sessions\/./.test(url.pathname));
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

  async opensSession(id: string): Promise<void> {
    await this.page.goto(paths.dashboardSession(id));
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(this.words.session.title);
  }

  async cancels(reason: string): Promise<void> {
    const { cancel } = this.words;
    await this.page.getByText(cancel.open, { exact: true }).click();
    await this.page.getByRole('textbox', { name: cancel.reason }).fill(reason);
    await this.page.getByRole('button', { name: cancel.act, exact: true }).click();
  }
}
