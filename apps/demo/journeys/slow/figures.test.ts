// Every chapter in German shows the same after a reload as before, and what its figures compute for long goes to its end; that another visitor sees
// the same too, and what a figure has before it ends, is in ../figures.test.ts.
import { expect, it } from 'vitest';
import de from '../../src/languages/de.js';
import { expectTools } from '../support/figure-tools.js';
import { nudgeAll } from '../support/nudge.js';
import { chapters, pathOf } from '../support/routes.js';
import { figureTexts, open, plainContext, seeAll, settled, watchedPage } from '../support/visit.js';

it.each(chapters)('%s shows the same after a reload, and computes to the end', async (chapter) => {
  const { page, complaints } = await watchedPage(await plainContext());
  await open(page, pathOf('de', chapter));
  await nudgeAll(page);
  const changed = await figureTexts(page);
  await page.reload();
  await settled(page);
  await seeAll(page);
  expect(await figureTexts(page)).toEqual(changed);
  await expectTools(page, de, true);
  expect(complaints).toEqual([]);
});
