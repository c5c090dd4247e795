import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What hangs on colours and on nothing else of a page, and takes half of a look. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/**
 * The engine that `@axe-core/playwright` brings, without its builder: that one loads the engine anew for each look, and gathers all
 * that was right about a page too, which takes six times as long as the look itself.
 */
const engine: string = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'))('axe-core').source;

type Look = { runOnly: { type: 'tag' | 'rule'; values: string[] }; rules?: Record<string, { enabled: boolean }> };
type Violation = { id: string; help: string; nodes: { html: string }[] };
type Engine = { run(place: Document, look: object): Promise<{ violations: Violation[] }> };

const all: Look = { runOnly: { type: 'tag', values: tags } };
const colours: Look = { runOnly: { type: 'rule', values: colourRules } };
const allButColours: Look = { ...all, rules: Object.fromEntries(colourRules.map((id) => [id, { enabled: false }])) };

/** Everything that axe knows to be wrong, its good practices and WCAG 2.2 included; no rule is off. */
export async function expectNoAxeViolation(page: Page, where: string): Promise<void> {
  expect(await faultsOf(page, all), where).toEqual([]);
}

/** The same but for colours: for a page whose colours were looked at in another language. */
export async function expectNoAxeViolationButColours(page: Page, where: string): Promise<void> {
  expect(await faultsOf(page, allButColours), where).toEqual([]);
}

/** The colours of the dark page; everything else about it is the light one's. */
export async function expectNoFaintColour(page: Page, where: string): Promise<void> {
  await turns(page, 'dark');
  expect(await faultsOf(page, colours), where).toEqual([]);
  await turns(page, 'light');
}

/** A colour on its way from one to the other is neither. */
async function turns(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => Promise.all(document.getAnimations().map((change) => change.finished)));
}

/** Our pages have no frames: what stands in the page itself is all. */
async function faultsOf(page: Page, look: Look): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(engine);
  const violations = await page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: Engine };
    // Ways to find a node again take long and are not read: its markup names it.
    return (await axe.run(document, { ...options, resultTypes: ['violations'], selectors: false })).violations;
  }, look);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`);
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
