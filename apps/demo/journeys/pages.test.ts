// Every page, once in each language, on each device and in each theme; the other pairs are in slow/pages.test.ts.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { eachPage } from './support/each-page.js';
import { findings } from './support/findings.js';
import { open, openContext, watchedPage } from './support/visit.js';

eachPage('de', 'phone');
eachPage('en', 'desktop');

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
