// After the first visit the course works without a network: every page, also those that were never opened, and what they compute.
import { expect, it } from 'vitest';
import { PATIENCE } from './support/patience.js';
import { chapters, languages, pages, pathOf } from './support/routes.js';
import { serveSite } from './support/serve.js';
import { figureTexts, isolate, newContext, settled } from './support/visit.js';

it('works without a network after the first visit', async () => {
  // A server of its own, which goes away: nothing can come from it any more.
  const site = await serveSite();
  const context = await newContext();
  await isolate(context, site.url);
  await site.close();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  for (const language of languages) {
    for (const name of pages) {
      await page.goto(site.url + pathOf(language, name));
      expect(await page.locator('h1').count(), `${language}/${name}`).toBe(1);
    }
  }
  await page.goto(`${site.url}${pathOf('de', 'nonsense')}`);
  await settled(page);
  const texts = Object.values(await figureTexts(page));
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.every((text) => text.length > 100)).toBe(true);
  await expect.poll(() => page.locator('figure[data-state="failed"]').count(), { timeout: PATIENCE }).toBe(0);
  expect(errors).toEqual([]);
  expect(chapters).toContain('nonsense');
});
