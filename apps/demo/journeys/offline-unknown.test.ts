// Without a network, a page that does not exist is answered by the course; and what was loaded before the service worker was there is kept.
import { expect, it } from 'vitest';
import de from '../src/languages/de.js';
import en from '../src/languages/en.js';
import { PATIENCE } from './support/patience.js';
import { serveSite } from './support/serve.js';
import { figureTexts, isolate, newContext, registerAfterAKey, seeAll, settled } from './support/visit.js';

it('says in both languages that there is no such page', async () => {
  const site = await serveSite();
  const context = await newContext();
  await isolate(context, site.url);
  const page = await context.newPage();
  await page.goto(`${site.url}de/gibt-es-nicht/`); // with a network, too
  await page.getByRole('heading', { name: de.notFound }).waitFor();
  await site.close();
  await page.goto(`${site.url}de/gibt/es/auch/nicht?seed=3`);
  await page.getByRole('heading', { name: de.notFound }).waitFor();
  await page.goto(`${site.url}en/nowhere`);
  await page.getByRole('heading', { name: en.notFound }).waitFor();
  await page.getByRole('link', { name: en.backToWay }).click();
  await page.getByRole('heading', { name: en.course }).first().waitFor();
});

it('keeps the model that the first page loaded before the service worker was there', async () => {
  const site = await serveSite();
  const context = await newContext();
  const page = await context.newPage();
  // The service worker comes only after everything is loaded, and the page was touched: it is not loaded again.
  await registerAfterAKey(page);
  let loads = 0;
  page.on('domcontentloaded', () => loads++);
  await page.goto(`${site.url}de/token/`);
  await settled(page);
  await seeAll(page);
  const first = await figureTexts(page);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  await page.keyboard.press('Shift');
  const kept = (): Promise<string[]> => page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.endsWith('-models'));
    return (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat();
  });
  await expect.poll(async () => (await kept()).filter((path) => path.endsWith('.safetensors')).length, { timeout: 120_000 }).toBe(1);
  await expect.poll(async () => (await kept()).filter((path) => path.endsWith('.json')).length, { timeout: 120_000 }).toBe(2);
  expect(loads).toBe(1);
  await site.close();
  await page.goto(`${site.url}de/token/`);
  await settled(page);
  await seeAll(page);
  await expect.poll(() => page.locator('figure[data-state="failed"]').count(), { timeout: PATIENCE }).toBe(0);
  expect(Object.keys(await figureTexts(page))).toEqual(Object.keys(first));
});
