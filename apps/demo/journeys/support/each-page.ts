// Opens pages of a language on a device with several threads, and looks at them when everything has computed. The pages of both devices have the
// same elements: axe judges them by all its rules in dark on a phone, and by those of contrast in light on a desktop.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { contrast } from './findings.js';
import { pages, pathOf, type Language } from './routes.js';
import { expectSound, expectWriting, noteWriting } from './sound-page.js';
import { isolate, openContext, seeAll, settled, watchedPage, widths, type BrowserContext } from './visit.js';

/** Declares the tests. The device decides the theme, too. @param which  the last parts of the pages' paths */
export function eachPage(language: Language, device: keyof typeof widths, which = pages): void {
  describe(`${language} on a ${device}`, () => {
    let context: BrowserContext;
    beforeAll(async () => {
      context = await openContext({ viewport: widths[device], hasTouch: device === 'phone', locale: language, reducedMotion: device === 'phone' ? 'reduce' : 'no-preference' });
      await isolate(context, inject('site'));
    });
    afterAll(() => context.close());

    it.concurrent.each(which.map((name) => [pathOf(language, name)]))('%s', async (path) => {
      const { page, complaints } = await watchedPage(context);
      try {
        await noteWriting(page);
        await page.goto(new URL(path, inject('site')).href);
        await settled(page);
        await expectWriting(page);
        await seeAll(page);
        expect(complaints).toEqual([]);
        expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
        await page.emulateMedia({ colorScheme: device === 'desktop' ? 'light' : 'dark', reducedMotion: 'reduce' });
        await expectSound(page, language, device === 'desktop' ? contrast : []);
        expect(complaints).toEqual([]);
      } finally {
        await page.close();
      }
    });
  });
}
