// Opens every page of a language on a device: no complaint of the browser, what the build wrote stays, nothing is wider than the window, no finding
// of axe. The pages of both devices have the same elements: findings in light are looked for on a desktop, in dark on a phone.
//
// How long the page's own tasks take is not judged here, because that measures the machine and what else it does: `pnpm bench --only demo`
// reports the longest one.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findings } from './findings.js';
import { pages, pathOf, type Language } from './routes.js';
import { isolate, openContext, seeAll, settled, watchedPage, widths, type BrowserContext, type Page } from './visit.js';

/** Declares the tests. The device decides the theme, too. */
export function eachPage(language: Language, device: keyof typeof widths): void {
  describe(`${language} on a ${device}`, () => {
    let context: BrowserContext;
    beforeAll(async () => {
      context = await openContext({ viewport: widths[device], hasTouch: device === 'phone', locale: language, reducedMotion: device === 'phone' ? 'reduce' : 'no-preference' });
      await isolate(context, inject('site'));
      await context.addInitScript(noteWhatWasWritten);
    });
    afterAll(() => context.close());

    it.concurrent.each(pages.map((name) => [pathOf(language, name)]))('%s', async (path) => {
      const { page, complaints } = await watchedPage(context);
      try {
        await page.goto(new URL(path, inject('site')).href);
        await settled(page);
        const { count, gone } = await page.evaluate(writtenAndGone);
        expect(count).toBeGreaterThan(5);
        expect(gone).toEqual([]);
        await seeAll(page);
        expect(complaints).toEqual([]);
        expect(await page.evaluate(() => [document.documentElement.lang, crossOriginIsolated, document.querySelectorAll('h1').length])).toEqual([language, true, 1]);
        expect(await page.locator('figure[data-state="failed"]').allInnerTexts()).toEqual([]);
        expect(await tooWide(page)).toEqual([]);
        await page.emulateMedia({ colorScheme: device === 'desktop' ? 'light' : 'dark', reducedMotion: 'reduce' });
        expect(await findings(page)).toEqual([]);
        expect(complaints).toEqual([]);
      } finally {
        await page.close();
      }
    });
  });
}

/** Runs in the page before its scripts: notes the elements that the build wrote. Those in pictures change with what they compute. */
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
