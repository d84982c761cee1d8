// A browser that is busy may leave a page undrawn for long: what the figures show then is already laid out for its width.
import { expect, it } from 'vitest';
import { figureTexts, open, ownPlainContext, watchedPage, type BrowserContext, type Page } from './support/visit.js';

const chapters = ['token', 'texts', 'words'];

/** A visitor to whom no observer tells a size, as it happens when a page is drawn. */
async function undrawn(): Promise<BrowserContext> {
  const context = await ownPlainContext();
  await context.addInitScript(() => {
    window.ResizeObserver = class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    };
  });
  return context;
}

const drawings = (page: Page): Promise<string[]> => page.locator('figure[id] svg').evaluateAll((list) => list.map((drawing) => drawing.getAttribute('viewBox') ?? ''));

it.each(chapters)('lays out chapter %s before it is drawn', async (chapter) => {
  const { page, complaints } = await watchedPage(await undrawn());
  const usual = await (await ownPlainContext()).newPage();
  for (const visitor of [page, usual]) await open(visitor, `de/${chapter}/`);
  expect(await figureTexts(page)).toEqual(await figureTexts(usual));
  expect(await drawings(page)).toEqual(await drawings(usual));
  expect(complaints).toEqual([]);
});
