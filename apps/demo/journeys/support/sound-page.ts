// What every page has to be: no complaint of the browser, what the build wrote stays, nothing is wider than the window, no finding of axe.
//
// How long the page's own tasks take is not judged here, because that measures the machine and what else it does: `pnpm bench --only demo`
// reports the longest one.
import { expect } from 'vitest';
import { findings } from './findings.js';
import type { Language } from './routes.js';
import type { Page } from './visit.js';

/** Notes the elements that the build wrote, before the page's scripts run. Call it before the page is opened. */
export async function noteWriting(page: Page): Promise<void> {
  await page.addInitScript(noteWhatWasWritten);
}

/** What the build wrote is still there: nothing was made again. Pictures change with what they compute. */
export async function expectWriting(page: Page): Promise<void> {
  const { count, gone } = await page.evaluate(writtenAndGone);
  expect(count).toBeGreaterThan(5);
  expect(gone).toEqual([]);
}

/**
 * The page is in its language, has one heading of the first rank, no figure that failed, is no wider than the window, and axe finds nothing.
 * @param rules  those of axe; all where there is none
 */
export async function expectSound(page: Page, language: Language, rules: readonly string[] = []): Promise<void> {
  expect(await page.evaluate(() => [document.documentElement.lang, document.querySelectorAll('h1').length])).toEqual([language, 1]);
  expect(await page.locator('figure[data-state="failed"]').allInnerTexts()).toEqual([]);
  expect(await tooWide(page)).toEqual([]);
  expect(await findings(page, [], rules)).toEqual([]);
}

/** Runs in the page before its scripts. */
function noteWhatWasWritten(): void {
  const state = window as { written?: Element[] };
  const isKept = (element: Element): boolean => !element.closest('.picture');
  addEventListener('readystatechange', () => (state.written ??= [...document.querySelectorAll('#app :is(h1, h2, p, figure, figcaption, button, summary, a)')].filter(isKept)), { capture: true, once: true });
}

/** Runs in the page. @returns how many elements the build wrote, and those of them that were made again */
function writtenAndGone(): { count: number; gone: string[] } {
  const { written } = window as unknown as { written: Element[] };
  return { count: written.length, gone: written.filter((element) => !element.isConnected).map(({ outerHTML }) => outerHTML.slice(0, 120)) };
}

/** What stands out of the window to the right, if the page can be scrolled there. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const outside = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5);
    return [`${scrollWidth - clientWidth} px`, ...outside.slice(0, 8).map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class')}`)];
  });
}
