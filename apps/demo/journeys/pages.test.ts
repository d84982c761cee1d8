// Every page in German on a phone, and in English on a desktop those that are no chapters: figures.test.ts opens the chapters there. The other
// pairs are in slow/pages.test.ts.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { eachPage } from './support/each-page.js';
import { contrast, findings } from './support/findings.js';
import { chapters, pages } from './support/routes.js';
import { open, openContext, watchedPage } from './support/visit.js';

eachPage('de', 'phone');
eachPage('en', 'desktop', pages.filter((name) => !(chapters as readonly string[]).includes(name)));

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
  expect((await findings(page, [], contrast)).map((finding) => finding.split(':')[0])).toEqual(['color-contrast']);
  await context.close();
});
