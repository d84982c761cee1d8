// Every chapter shows the same after a reload as before; that another visitor sees the same too is in ../figures.test.ts.
import { expect, it } from 'vitest';
import { nudgeAll } from '../support/nudge.js';
import { chapters, pathOf } from '../support/routes.js';
import { figureTexts, open, plainContext, seeAll, settled, watchedPage } from '../support/visit.js';

it.each(chapters)('%s shows the same after a reload', async (chapter) => {
  const { page, complaints } = await watchedPage(await plainContext());
  await open(page, pathOf('de', chapter));
  await nudgeAll(page);
  const changed = await figureTexts(page);
  await page.reload();
  await settled(page);
  await seeAll(page);
  expect(await figureTexts(page)).toEqual(changed);
  expect(complaints).toEqual([]);
});
