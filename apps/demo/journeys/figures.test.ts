// What every figure of every chapter can do: stand still, go step by step, hide what a teacher hides, be printed, a table, the code, a link to
// its state, and show the same for the same address.
//
// To open a page with all its figures takes long, so the tests that leave it as it was share one.
import { beforeAll, describe, expect, it } from 'vitest';
import de from '../src/languages/de.js';
import { PATIENCE } from './support/patience.js';
import { chapters, pathOf } from './support/routes.js';
import { expectStill } from './support/still.js';
import { figureTexts, open, plainContext, seeAll, settled, takePlain, watchedPage, type Page } from './support/visit.js';

describe.each(chapters)('%s', (chapter) => {
  const path = pathOf('de', chapter);
  let page: Page;
  beforeAll(async () => {
    const { profile, giveBack } = await takePlain();
    page = await profile.newPage();
    await open(page, path);
    return giveBack;
  });

  it('stands still with reduced motion', async () => {
    await expectStill(page);
  });

  it('goes step by step, is cancelled, and goes on, where a figure computes for long', async () => {
    const before = await figureTexts(page);
    for (const figure of await page.locator('figure[id]').all()) {
      const step = figure.getByRole('button', { name: de.job.step, exact: true });
      if ((await step.count()) === 0) continue;
      const id = (await figure.getAttribute('id'))!;
      const state = (name: string): Promise<void> => page.locator(`figure[id="${id}"][data-state="${name}"]`).waitFor();
      await step.click();
      await state('paused');
      const first = await figure.innerText();
      await step.click();
      await page.waitForFunction(([name, text]) => document.getElementById(name!)!.innerText !== text, [id, first]);
      await state('paused');
      const cancel = figure.getByRole('button', { name: de.job.cancel, exact: true });
      if ((await cancel.count()) > 0) {
        await cancel.click();
        await page.waitForFunction((name) => document.getElementById(name)!.dataset.state !== 'paused', id);
      }
      await figure.locator('.controls button.main').first().click();
      await settled(page);
    }
    expect(await figureTexts(page)).toEqual(before);
  });

  it('hides the controls that a link names, and shows them again', async () => {
    const controls = page.locator('figure [data-control]');
    const names = await controls.evaluateAll((found) => found.map((control) => (control as HTMLElement).dataset.control!));
    if (names.length === 0) return;
    await open(page, `${path}?hide=${[...new Set(names)].join(',')}`);
    await expect.poll(() => controls.count(), { timeout: PATIENCE }).toBe(0);
    await page.getByRole('button', { name: de.figure.showHidden }).first().click();
    await controls.first().waitFor();
    expect(await controls.evaluateAll((found) => found.map((control) => (control as HTMLElement).dataset.control!))).toEqual(names);
  });

  // The text and the last frame of every figure, without controls, header tools and navigation.
  it('is a handout when it is printed', async () => {
    const figures = await page.locator('figure[id]:visible').count();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.controls:visible, .tools:visible, footer:visible, nav:visible').evaluateAll((found) => found.map((element) => element.outerHTML.slice(0, 160)))).toEqual([]);
    await expect.poll(() => page.locator('figure[id]:visible').count(), { timeout: PATIENCE }).toBe(figures);
    await expect.poll(() => page.locator('h1:visible').count(), { timeout: PATIENCE }).toBe(1);
  });

  it('has a table, the code and a link for each figure', async () => {
    const { page, complaints } = await watchedPage(await plainContext());
    await open(page, path);
    for (const figure of await page.locator('figure[id]').all()) {
      const id = await figure.getAttribute('id');
      const button = (name: string): ReturnType<Page['locator']> => figure.getByRole('button', { name, exact: true });
      // Some figures show nothing before the visitor has done something: guessed, rolled, moved a slider.
      for (const slider of await figure.locator('input[type="range"]:visible:enabled').all()) await nudge(page, slider);
      const both = async (): Promise<number[]> => Promise.all([button(de.figure.asTable).count(), button(de.figure.code).count()]);
      for (const act of ['.controls button.main:enabled', '.picture button:enabled']) {
        if ((await both()).includes(0) && (await figure.locator(act).count()) > 0) await figure.locator(act).first().click();
        await settled(page);
      }
      await expect.poll(both, { timeout: PATIENCE, message: `buttons for the table and the code of ${id}` }).toEqual([1, 1]);
      await button(de.figure.asTable).click();
      await figure.locator('table tbody tr').first().waitFor();
      await button(de.figure.asPicture).click();
      await button(de.figure.code).click();
      await figure.locator('pre').nth(1).waitFor();
      const code = await figure.locator('pre').allInnerTexts();
      expect(code[0], `code of ${id}`).toMatch(/@kk\//);
      expect(code[1]?.trim().length, `what the code of ${id} prints`).toBeGreaterThan(0);
      await button(de.figure.copyLink).click();
      await figure.getByAltText(de.figure.qrCode).waitFor();
      const link = new URL(await figure.getByLabel(de.figure.link).inputValue());
      expect([link.pathname, link.hash]).toEqual([new URL(page.url()).pathname, `#${id}`]);
    }
    expect(complaints).toEqual([]);
  });

  it('shows the same for the same address, after a reload and for another visitor', async () => {
    const { page, complaints } = await watchedPage(await plainContext());
    await open(page, path);
    const first = await figureTexts(page);
    for (const slider of await page.locator('figure input[type="range"]:visible:enabled').all()) await nudge(page, slider);
    const changed = await figureTexts(page);
    const address = page.url();
    if (address.includes('?')) expect(changed).not.toEqual(first);
    await page.reload();
    await settled(page);
    await seeAll(page);
    expect(await figureTexts(page)).toEqual(changed);
    const other = await (await plainContext()).newPage();
    await open(other, address);
    expect(await figureTexts(other)).toEqual(changed);
    expect(complaints).toEqual([]);
  });
});

/** Moves a slider by one step, up or else down, until it stands in the address and what it changes is computed. */
async function nudge(page: Page, slider: ReturnType<Page['locator']>): Promise<void> {
  const address = page.url();
  const before = await slider.inputValue();
  await slider.press('ArrowRight');
  if ((await slider.inputValue()) === before) await slider.press('ArrowLeft');
  await page.waitForFunction((old) => location.href !== old, address);
  await settled(page);
}
