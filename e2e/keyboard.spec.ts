import type { Locator, Page } from '@playwright/test';
import { buttonLabel } from '#lib/copy/consents.ts';
import { detailsWords } from '#lib/copy/details-page.ts';
import { journeyWords } from '#lib/copy/journey.ts';
import { readWords } from '#lib/copy/read-page.ts';
import { expect, test } from './people.ts';
import { maria, Signer } from './signer.ts';
import { Staff } from './staff.ts';

/** More stops than any page of ours has before what somebody looks for. */
const stopsMax = 60;

/** Somebody with a keyboard and nothing else: goes from stop to stop, and sees where they stand. */
class Keyboard {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Tabs until the element has the focus; on the way every stop must be visible, and further on than the one before. */
  async goesTo(target: Locator): Promise<void> {
    await expect(target).toHaveCount(1);
    for (let stops = 0; stops < stopsMax; stops += 1) {
      await this.page.keyboard.press('Tab');
      await this.seesTheFocus();
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`not reached by ${stopsMax} presses of Tab: ${target}`);
  }

  async presses(target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.goesTo(target);
    await this.page.keyboard.press(key);
  }

  async types(target: Locator, text: string): Promise<void> {
    await this.goesTo(target);
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(text);
  }

  /** WCAG 2.4.7 and 2.4.11: the element with the focus is marked, on the screen, and not under something else. */
  private async seesTheFocus(): Promise<void> {
    const stop = await this.page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return undefined;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + Math.min(width, innerWidth - left) / 2, top + height / 2];
      const shown = document.elementFromPoint(x, y);
      return {
        html: element.outerHTML.slice(0, 150),
        isMarked: (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none',
        isUncovered: shown !== null && (element.contains(shown) || shown.contains(element)),
      };
    });
    // From the last stop the browser's own buttons come first; they are not ours to judge.
    if (stop === undefined) return;
    expect(stop).toMatchObject({ isMarked: true, isUncovered: true });
  }
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with scripts ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('the journey is walked by keyboard alone, mistakes included', async ({ merchant, page }) => {
      const signer = new Signer(page);
      const keyboard = new Keyboard(page);
      await signer.opens(await merchant.createsSession());
      await keyboard.presses(button(page, readWords['pt-BR'].next));
      await page.waitForURL(/\/details$/);

      await keyboard.types(signer.field('name'), maria.name);
      await keyboard.presses(button(page, detailsWords['pt-BR'].next));
      const summary = page.getByRole('alert').filter({ has: page.getByRole('heading', { level: 2 }) });
      await expect(summary).toBeFocused();
      await keyboard.presses(summary.getByRole('link').first());
      const first = page.locator(':focus');
      await expect(first).toHaveAttribute('aria-invalid', 'true');

      for (const field of ['email', 'identity', 'phone'] as const) {
        await signer.field(field).focus();
        await page.keyboard.type(maria[field]);
      }
      await keyboard.presses(button(page, detailsWords['pt-BR'].next));
      await page.waitForURL(/\/review$/);

      for (const box of await signer.boxes().all()) await keyboard.presses(box, 'Space');
      for (const box of await signer.boxes().all()) await expect(box).toBeChecked();
      await keyboard.presses(signer.signButton());
      await page.waitForURL(/\/receipt$/);
      await signer.isOn('receipt');
    });

    test('the first stop of a page leads past everything to its main part', async ({ merchant, page }) => {
      const signer = new Signer(page);
      await signer.opens(await merchant.createsSession());
      await page.keyboard.press('Tab');
      const skip = page.getByRole('link', { name: journeyWords['pt-BR'].skipToContent });
      await expect(skip).toBeFocused();
      await expect(skip).toBeInViewport();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('main')).toBeFocused();
    });

    test('Enter in a field goes on, and Space ticks the boxes', async ({ merchant, page }) => {
      const signer = new Signer(page);
      await signer.opens(await merchant.createsSession());
      await button(page, readWords['pt-BR'].next).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/details$/);
      for (const field of ['name', 'email', 'identity', 'phone'] as const) {
        await signer.field(field).focus();
        await page.keyboard.type(maria[field]);
      }
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/review$/);
      for (const box of await signer.boxes().all()) {
        await box.focus();
        await page.keyboard.press('Space');
      }
      await button(page, buttonLabel('pt-BR')).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/receipt$/);
    });
  });
}

test('the dashboard is worked by keyboard alone: sign in, find, open, cancel', async ({
  merchant,
  page,
  accountOf,
}) => {
  const session = await merchant.createsSession();
  const staff = new Staff(page);
  const keyboard = new Keyboard(page);
  const { signIn, list, cancel } = staff.words;
  const { email, password } = await accountOf('operator');
  await page.goto('/dashboard');
  await keyboard.types(staff.emailField, email);
  await keyboard.types(page.getByLabel(signIn.password), password);
  await keyboard.presses(button(page, signIn.act));
  await page.waitForURL('**/dashboard/sessions');
  await keyboard.types(page.getByRole('searchbox', { name: list.searchLabel }), session.orderId);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/sessions/${session.signingSessionId}`);
  await keyboard.presses(staff.cancelForm, 'Space');
  await keyboard.types(page.getByRole('textbox', { name: cancel.reason }), 'Pedido refeito');
  await keyboard.presses(button(page, cancel.act));
  await expect(staff.fact(list.columns.status)).toContainText(staff.words.status.CANCELLED);
  expect((await merchant.reads(session.signingSessionId)).status).toBe('CANCELLED');
});

function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}
