// A printed chapter is a handout: the text and the last frame of every figure, without controls, header tools and navigation.
import { expect, it } from 'vitest';
import { PATIENCE } from './support/patience.js';
import { chapters, pathOf } from './support/routes.js';
import { open, plainContext } from './support/visit.js';

it.each(chapters)('%s', async (chapter) => {
  const page = await (await plainContext()).newPage();
  await open(page, pathOf('de', chapter));
  const figures = await page.locator('figure[id]:visible').count();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.controls:visible, .tools:visible, footer:visible, nav:visible').evaluateAll((found) => found.map((element) => element.outerHTML.slice(0, 160)))).toEqual([]);
  await expect.poll(() => page.locator('figure[id]:visible').count(), { timeout: PATIENCE }).toBe(figures);
  await expect.poll(() => page.locator('h1:visible').count(), { timeout: PATIENCE }).toBe(1);
});
