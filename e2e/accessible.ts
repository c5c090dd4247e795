import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What hangs on colours and on nothing else of a page, and takes half of a look. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** Everything that axe knows to be wrong, its good practices and WCAG 2.2 included; no rule is off. */
export async function expectNoAxeViolation(page: Page, where: string): Promise<void> {
  await expectNone(scanOf(page).withTags(tags), where);
}

/** The same but for colours: for a page whose colours were looked at in another language. */
export async function expectNoAxeViolationButColours(page: Page, where: string): Promise<void> {
  await expectNone(scanOf(page).withTags(tags).disableRules(colourRules), where);
}

async function expectNone(scan: AxeBuilder, where: string): Promise<void> {
  const { violations } = await scan.analyze();
  const said = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  );
  expect(said, where).toEqual([]);
}

/** The colours of the dark page; everything else about it is the light one's. */
export async function expectNoFaintColour(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  // A colour on its way from light to dark is neither.
  await page.evaluate(() => Promise.all(document.getAnimations().map((change) => change.finished)));
  const { violations } = await scanOf(page).withRules(colourRules).analyze();
  expect(
    violations.flatMap(({ nodes }) => nodes.map(({ html }) => html)),
    where,
  ).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** WCAG 1.4.10: nobody has to scroll in two directions; what is too wide for its box names itself. */
export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(-3)
      .map((element) => element.outerHTML.slice(0, 200));
  });
  expect(wide, where).toEqual([]);
}

/** In the page itself: our pages have no frames, and the other way opens a window for each look. */
function scanOf(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode(true);
}
