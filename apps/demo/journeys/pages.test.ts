// Every page in every language, on a desktop and on a phone, in both themes: no complaint of the browser, nothing wider than the window,
// no finding of axe.
//
// How long the page's own tasks take is not judged here, because that measures the machine and what else it does: `pnpm bench --only demo`
// reports the longest one.
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findings } from './support/findings.js';
import { languages, pages, pathOf } from './support/routes.js';
import { isolate, open, openContext, watchedPage, widths, type BrowserContext } from './support/visit.js';

describe.each(languages)('%s', (language) => {
  describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
    let context: BrowserContext;
    beforeAll(async () => {
      context = await openContext({ viewport: widths[device], hasTouch: device === 'phone', locale: language, reducedMotion: device === 'phone' ? 'reduce' : 'no-preference' });
      await isolate(context, inject('site'));
    });
    afterAll(() => context.close());

    it.concurrent.each(pages.map((name) => [pathOf(language, name)]))('%s', async (path) => {
      const { page, complaints } = await watchedPage(context);
      try {
        await open(page, path);
        expect(complaints).toEqual([]);
        expect(await page.evaluate(() => [document.documentElement.lang, crossOriginIsolated, document.querySelectorAll('h1').length])).toEqual([language, true, 1]);
        expect(await page.locator('figure[data-state="failed"]').allInnerTexts()).toEqual([]);
        expect(await tooWide(page)).toEqual([]);
        // The pages of both devices have the same elements: findings in light are looked for on one, in dark on the other.
        await page.emulateMedia({ colorScheme: device === 'desktop' ? 'light' : 'dark', reducedMotion: 'reduce' });
        expect(await findings(page)).toEqual([]);
        expect(complaints).toEqual([]);
      } finally {
        await page.close();
      }
    });
  });
});

it('finds what is wrong, as axe does by itself', async () => {
  const context = await openContext();
  const { page } = await watchedPage(context);
  await open(page, 'de/glossary/');
  await page.locator('main').evaluate((main) => main.insertAdjacentHTML('beforeend', '<img src="data:,"><p id="pale" style="color: #bbb; background: #fff">kaum zu lesen</p>'));
  const { violations } = await new AxeBuilder({ page }).analyze();
  const rules = violations.map(({ id }) => id);
  expect(rules).toEqual(expect.arrayContaining(['image-alt', 'color-contrast']));
  expect([...new Set((await findings(page)).map((finding) => finding.split(':')[0]))]).toEqual(rules);
  expect(await findings(page, ['#pale'])).toEqual([expect.stringContaining('color-contrast: <p id="pale"')]);
  await context.close();
});

/** What stands out of the window to the right, if the page can be scrolled there. */
function tooWide(page: Awaited<ReturnType<typeof watchedPage>>['page']): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const outside = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5);
    return [`${scrollWidth - clientWidth} px`, ...outside.slice(0, 8).map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class')}`)];
  });
}
