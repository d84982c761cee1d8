// Cross-origin isolation, which several threads need: the page is loaded again once, by itself, and only before the visitor has touched it.
// That the course works on one thread where isolation is impossible is in figures.test.ts.
import { expect, inject, it } from 'vitest';
import { newContext, open, registerAfterAKey, watchedPage } from './support/visit.js';

it('isolates the first page by loading it again, once', async () => {
  const context = await newContext();
  const { page, complaints } = await watchedPage(context);
  let loads = 0;
  page.on('domcontentloaded', () => loads++);
  await page.goto(`${inject('site')}de/nonsense/`);
  await page.waitForFunction(() => crossOriginIsolated);
  await open(page, 'de/nonsense/?seed=3', []);
  expect([await page.evaluate(() => crossOriginIsolated), loads]).toEqual([true, 3]);
  expect(complaints).toEqual([]);
});

it('does not load again what the visitor has touched', async () => {
  const context = await newContext();
  const page = await context.newPage();
  // The service worker is there only when it is asked for again, so that the touch comes first.
  await registerAfterAKey(page);
  let loads = 0;
  page.on('domcontentloaded', () => loads++);
  await open(page, 'de/nonsense/', []);
  await page.keyboard.press('Tab');
  const offer = page.locator('footer button');
  await offer.waitFor();
  expect([loads, await page.evaluate(() => crossOriginIsolated)]).toEqual([1, false]);
  await offer.click();
  await page.waitForFunction(() => crossOriginIsolated);
});
