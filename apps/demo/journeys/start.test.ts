// How a page starts: a figure that is clicked before it answers does so later, and a place is found again. That what the build wrote is taken over,
// not made again, is looked at where every page is opened: support/sound-page.ts.
//
// How long the tasks of a start take is not judged here, because that measures the machine: `pnpm bench --only demo` reports it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { PATIENCE } from './support/patience.js';
import { watchMovements } from './support/movements.js';
import { chapters, pathOf } from './support/routes.js';
import { dist } from './support/serve.js';
import { open, plainContext, settled, watchedPage, widths, type Page } from './support/visit.js';

it('repeats what was clicked and typed before the page answered', async () => {
  const page = await (await plainContext()).newPage();
  // The page's own script comes when the visitor has clicked.
  let letItCome = (): void => {};
  const clicked = new Promise<void>((resolve) => (letItCome = resolve));
  await page.route('**/assets/app-*.js', async (route) => {
    await clicked;
    await route.continue();
  });
  await page.goto(new URL('de/nonsense/?speed=instant', inject('site')).href, { waitUntil: 'commit' });
  const step = page.locator('#writer[data-state="static"] .controls button').nth(1);
  await step.click();
  await page.locator('#hand textarea').first().fill('rot ist blau');
  const theme = page.locator('header button.quiet').first();
  const before = await page.evaluate(() => document.documentElement.dataset.theme);
  await theme.click();
  letItCome();
  await page.locator('#writer[data-state="paused"]').waitFor();
  await expect.poll(() => page.locator('#hand textarea').first().inputValue(), { timeout: PATIENCE }).toBe('rot ist blau');
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme), { timeout: PATIENCE }).not.toBe(before);
});

it('keeps the place when it is loaded again', async () => {
  const page = await (await plainContext()).newPage();
  await open(page, pathOf('de', 'token'));
  await settled(page);
  const place = await readOn(page);
  await page.reload();
  await expect.poll(() => placeOf(page, place.text), { timeout: PATIENCE }).toEqual(place);
});

it('shows the figure that a link names, and stays where the visitor goes from there', async () => {
  const { page, complaints } = await watchedPage(await plainContext({ viewport: widths.phone, reducedMotion: 'no-preference' }));
  const movements = await watchMovements(page, '#odd');
  await page.goto(new URL('de/words/?round=7&hide=four#odd', inject('site')).href);
  await settled(page);
  const top = (id: string): Promise<number> => page.locator(id).evaluate((figure) => Math.round(figure.getBoundingClientRect().top));
  const isThere = await page.waitForFunction(() => Math.round(document.querySelector('#odd')!.getBoundingClientRect().top) === 16, undefined, { timeout: 60_000 }).catch(() => null);
  if (!isThere) throw new Error(`#odd stands at ${await top('#odd')} instead of 16:\n${await movements()}`);
  for (const height of ['900px', '0', '1800px', '0']) { // what stands above grows and shrinks by more than a window
    await page.locator('article > p').first().evaluate((above, height) => (above.style.paddingTop = height), height);
    for (let frame = 0; frame < 4; frame++) await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await top('#odd')).toBe(16);
  }
  await page.keyboard.press('Shift'); // whoever does something decides alone where the page is
  await page.locator('#pieces').evaluate((figure) => figure.scrollIntoView({ behavior: 'instant' }));
  await page.locator('#pieces').getByRole('textbox').fill('Hundehütte');
  await page.waitForFunction(() => location.search.includes('compound='));
  await settled(page);
  expect(await top('#odd')).toBeLessThan(-100);
  expect(complaints).toEqual([]);
});

it('is the same page when the address names the file', async () => {
  const { page, complaints } = await watchedPage(await plainContext());
  await page.goto(new URL('de/token/index.html?seed=3', inject('site')).href);
  await settled(page);
  expect(new URL(page.url()).pathname).toMatch(/\/de\/token\/$/);
  await expect.poll(() => page.locator('figure[id]').count(), { timeout: PATIENCE }).toBe(figuresOf('token'));
  expect(complaints).toEqual([]);
});

it('makes the figures of every chapter when the visitor comes from another page, and finds the place again', async () => {
  const { page, complaints } = await watchedPage(await plainContext());
  const figures = page.locator('figure[id]');
  await page.goto(new URL(pathOf('de', ''), inject('site')).href);
  await settled(page);
  for (const chapter of chapters) {
    await page.locator(`.stations a[href$="/${chapter}/"]`).click();
    await page.waitForFunction((count) => document.querySelectorAll('figure[id]').length === count, figuresOf(chapter));
    await settled(page);
    const place = await readOn(page);
    await page.evaluate(() => document.querySelector<HTMLElement>('footer a[href$="/glossary/"]')!.click());
    await figures.first().waitFor({ state: 'detached' });
    await page.goBack();
    await expect.poll(() => placeOf(page, place.text), { timeout: PATIENCE }).toEqual(place);
    await expect.poll(() => figures.count(), { timeout: PATIENCE }).toBe(figuresOf(chapter));
    await page.locator('header a.home').click();
    await page.locator('.stations').waitFor();
  }
  expect(complaints).toEqual([]);
});

/** Scrolls down to where a visitor may read, and waits for the figures that this brings into view. @returns the paragraph at the top of the window, and where it stands */
async function readOn(page: Page): Promise<{ text: string; top: number }> {
  await page.evaluate(() => scrollTo({ top: 1500, behavior: 'instant' }));
  await page.waitForFunction(() => scrollY > 1000);
  await settled(page);
  const text = await page.evaluate(() => [...document.querySelectorAll('article p:not(figure *)')].find((paragraph) => paragraph.getBoundingClientRect().top > 0)!.textContent);
  return placeOf(page, text);
}

/** Where the paragraph with this text stands in the window: pixels below its top, to the nearest multiple of four. */
function placeOf(page: Page, text: string): Promise<{ text: string; top: number }> {
  return page.evaluate((wanted) => {
    const paragraph = [...document.querySelectorAll('article p')].find(({ textContent }) => textContent === wanted);
    return { text: wanted, top: Math.round((paragraph?.getBoundingClientRect().top ?? NaN) / 4) * 4 };
  }, text);
}

/** How many figures the built page of a chapter has. */
const figuresOf = (chapter: string): number => [...readFileSync(join(dist, pathOf('de', chapter), 'index.html'), 'utf8').matchAll(/<figure id=/g)].length;
