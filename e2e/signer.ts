import { expect, type Locator, type Page, type Request } from '@playwright/test';
import { buttonLabel } from '#lib/copy/consents.ts';
import { detailsWords } from '#lib/copy/details-page.ts';
import { journeyWords } from '#lib/copy/journey.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { objectionWords } from '#lib/copy/objection.ts';
import { readWords } from '#lib/copy/read-page.ts';
import { receiptWords } from '#lib/copy/receipt-page.ts';
import type { OpenSession } from './merchant.ts';

/** An invented person with a public test number. */
export const maria = {
  name: 'Maria Exemplo da Silva',
  email: 'maria@exemplo.com.br',
  identity: '529.982.247-25',
  phone: '(11) 91234-5678',
} as const;

/** The same person as a merchant's back end knows her. */
export const mariaOnFile = { ...maria, identity: '52998224725', phone: '+5511912345678' } as const;

export type Details = Partial<Record<keyof typeof maria, string>>;
type SignerPage = keyof (typeof journeyWords)['en']['titles'];

/** A person with a phone in the hand; finds everything by what stands on the page. */
export class Signer {
  readonly page: Page;
  readonly language: CopyLanguage;

  constructor(page: Page, language: CopyLanguage = 'pt-BR') {
    this.page = page;
    this.language = language;
  }

  async opens(session: OpenSession): Promise<void> {
    await this.page.goto(session.redirectUrl);
  }

  /** Stands on the page with that title, which is also the title of the window. */
  async isOn(page: SignerPage): Promise<void> {
    const title = journeyWords[this.language].titles[page];
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(this.page).toHaveTitle(new RegExp(`^${title} – `));
  }

  async begins(): Promise<void> {
    await this.button(readWords[this.language].next).click();
    await this.page.waitForURL(/\/(?:details|review)$/);
  }

  field(name: keyof typeof maria): Locator {
    return this.page.getByRole('textbox', { name: journeyWords[this.language].fields[name] });
  }

  async types(details: Details): Promise<void> {
    for (const [field, value] of Object.entries(details)) await this.field(field as keyof Details).fill(value);
  }

  async continues(): Promise<void> {
    await this.button(detailsWords[this.language].next).click();
  }

  async givesDetails(details: Details = maria): Promise<void> {
    await this.types(details);
    await this.continues();
    await this.page.waitForURL(/\/review$/);
  }

  /** The row of the review with that detail, its way to change it included. */
  row(field: keyof typeof maria): Locator {
    const label = journeyWords[this.language].fields[field];
    const term = this.page.getByRole('term').filter({ hasText: label });
    return this.page.locator('dl > div').filter({ has: term });
  }

  boxes(): Locator {
    return this.page.getByRole('checkbox');
  }

  async agrees(): Promise<void> {
    for (const box of await this.boxes().all()) await box.check();
  }

  /** Touches a form first, and waits for the scripts that this brings: who presses before they are there sends the plain form. */
  async touchesForm(touch: () => Promise<void>): Promise<void> {
    await this.page.waitForLoadState('networkidle');
    const scripts: Request[] = [];
    this.page.on('request', (request) => scripts.push(request));
    await touch();
    await expect.poll(() => scripts.length).toBeGreaterThan(0);
    for (const script of scripts) await (await script.response())?.finished();
  }

  signButton(): Locator {
    return this.button(buttonLabel(this.language));
  }

  async signs(): Promise<void> {
    await this.signButton().click();
  }

  /** From the link to the review of a session that may know some details already. */
  async reaches(page: 'details' | 'review', session: OpenSession, details?: Details): Promise<void> {
    await this.opens(session);
    await this.begins();
    if (page === 'review' && this.page.url().endsWith('/details')) await this.givesDetails(details);
  }

  /** The whole journey, from the link to the receipt. */
  async accepts(session: OpenSession, details?: Details): Promise<void> {
    await this.reaches('review', session, details);
    await this.agrees();
    await this.signs();
    await this.page.waitForURL(/\/receipt$/);
  }

  async declines(reason?: string): Promise<void> {
    const { decline } = journeyWords[this.language];
    await this.page.locator('summary').filter({ hasText: decline.open }).click();
    if (reason !== undefined) await this.page.getByRole('textbox', { name: decline.reason }).fill(reason);
    await this.button(decline.confirm).click();
  }

  /** Says something against the contract on its receipt. */
  async objects(act: 'withdraw' | 'dispute', reason?: string): Promise<void> {
    const words = objectionWords[this.language];
    const form = this.page.locator('details').filter({ hasText: words.acts[act].open });
    await form.locator('summary').click();
    if (reason !== undefined) await form.getByRole('textbox', { name: words.reason }).fill(reason);
    await this.button(words.acts[act].confirm).click();
  }

  /** As it stands on the receipt. */
  async receiptCode(): Promise<string> {
    const line = this.page.locator('p').filter({ hasText: receiptWords[this.language].code });
    return (await line.locator('span').last().textContent()) ?? '';
  }

  /** Says what is wrong as it should: on top, in the same words at the field, in the title, with the focus on the summary. */
  async isTold(errors: Record<string, string>): Promise<void> {
    const { errorPrefix } = journeyWords[this.language];
    const summary = this.page.getByRole('alert').filter({ has: this.page.getByRole('heading', { level: 2 }) });
    await expect(summary.getByRole('link')).toHaveText(Object.values(errors));
    await expect(summary).toBeFocused();
    await expect(this.page).toHaveTitle(new RegExp(`^${errorPrefix}`));
    for (const [name, text] of Object.entries(errors)) {
      const field = this.page.locator(`[name="${name}"]`);
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(field).toHaveAccessibleDescription(new RegExp(literally(text)));
    }
  }

  private button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
