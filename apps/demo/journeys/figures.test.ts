// Every chapter in English on a desktop, and what each of its figures can do: stand still, go step by step, be printed, a table, the code, a link to
// its state, show the same for the same address, and hide what a teacher hides.
//
// To open a page with all its figures takes long: two visitors open a chapter, and its tests follow one after another. That a page shows the
// same after a reload, and what its figures compute to their end, is in slow/figures.test.ts; the other pages are in pages.test.ts.
import { beforeAll, describe, expect, inject, it } from 'vitest';
import en from '../src/languages/en.js';
import { expectTools } from './support/figure-tools.js';
import { contrast } from './support/findings.js';
import { PATIENCE } from './support/patience.js';
import { nudgeAll } from './support/nudge.js';
import { chapters, pathOf } from './support/routes.js';
import { expectSound, expectWriting, noteWriting } from './support/sound-page.js';
import { expectStill } from './support/still.js';
import { figureTexts, open, seeAll, settled, takePlain, watchedPage, type Page } from './support/visit.js';

describe.each(chapters)('%s', (chapter) => {
  const path = pathOf('en', chapter);
  let page: Page;
  let complaints: string[];
  let another: Page;
  beforeAll(async () => {
    const visitors = await Promise.all([takePlain(), takePlain()]);
    ({ page, complaints } = await watchedPage(visitors[0].profile));
    another = await visitors[1].profile.newPage();
    await noteWriting(page);
    await page.goto(new URL(path, inject('site')).href);
    await settled(page);
    await expectWriting(page);
    await seeAll(page);
    return async () => {
      for (const { giveBack } of visitors) await giveBack();
    };
  });

  it('computes on one thread where isolation is impossible, is no wider than the window, and axe finds no contrast too low', async () => {
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await expectSound(page, 'en', contrast);
    expect(complaints).toEqual([]);
  });

  it('stands still with reduced motion', async () => {
    await expectStill(page);
  });

  it('goes step by step, is cancelled, and goes on, where a figure computes for long', async () => {
    const before = await figureTexts(page);
    for (const figure of await page.locator('figure[id]').all()) {
      const step = figure.getByRole('button', { name: en.job.step, exact: true });
      if ((await step.count()) === 0) continue;
      const id = (await figure.getAttribute('id'))!;
      const state = (name: string): Promise<void> => page.locator(`figure[id="${id}"][data-state="${name}"]`).waitFor();
      await step.click();
      await state('paused');
      const first = await figure.innerText();
      await step.click();
      await page.waitForFunction(([name, text]) => document.getElementById(name!)!.innerText !== text, [id, first]);
      await state('paused');
      const cancel = figure.getByRole('button', { name: en.job.cancel, exact: true });
      if ((await cancel.count()) > 0) {
        await cancel.press('Enter'); // a click so soon after the first step would be taken for its second
        await page.waitForFunction((name) => document.getElementById(name)!.dataset.state !== 'paused', id);
        expect(await figure.evaluate((element) => element.contains(document.activeElement)), 'the keyboard stays with the figure').toBe(true);
      }
      await figure.locator('.controls button.main').first().press('Enter');
      await settled(page);
    }
    expect(await figureTexts(page)).toEqual(before);
  });

  // The text and the last frame of every figure, without controls, header tools and navigation.
  it('is a handout when it is printed', async () => {
    const figures = await page.locator('figure[id]:visible').count();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.controls:visible, .tools:visible, footer:visible, nav:visible').evaluateAll((found) => found.map((element) => element.outerHTML.slice(0, 160)))).toEqual([]);
    await expect.poll(() => page.locator('figure[id]:visible').count(), { timeout: PATIENCE }).toBe(figures);
    await expect.poll(() => page.locator('h1:visible').count(), { timeout: PATIENCE }).toBe(1);
    await page.emulateMedia({ media: 'screen' });
  });

  it('shows the same for the same address, to another visitor too, and hides the controls that a link names until they are wanted', async () => {
    const controls = (of: Page): ReturnType<Page['locator']> => of.locator('figure [data-control]');
    const namesOf = (of: Page): Promise<string[]> => controls(of).evaluateAll((found) => found.map((control) => (control as HTMLElement).dataset.control!));
    const first = await figureTexts(page);
    await nudgeAll(page);
    const changed = await figureTexts(page);
    const address = new URL(page.url());
    if (address.search !== '') expect(changed).not.toEqual(first);
    const names = await namesOf(page);
    if (names.length > 0) address.searchParams.set('hide', [...new Set(names)].join(','));
    await open(another, address.href);
    if (names.length > 0) {
      await expect.poll(() => controls(another).count(), { timeout: PATIENCE }).toBe(0);
      await another.getByRole('button', { name: en.figure.showHidden }).first().click();
      await controls(another).first().waitFor();
      await settled(another);
    }
    expect(await namesOf(another)).toEqual(names);
    expect(await figureTexts(another)).toEqual(changed);
  });

  it('has a table, the code and a link for each figure', async () => {
    await expectTools(page, en);
    expect(complaints).toEqual([]);
  });
});
