// Chapter 2 by keyboard alone: everything that can be used is reached by Tab in the order of the page, shows that it has the focus, and
// works with the keys that its kind of control has.
import { expect, it } from 'vitest';
import words from '../src/chapters/02-nonsense/de.js';
import de from '../src/languages/de.js';
import { PATIENCE } from './support/patience.js';
import { open, plainContext, settled, type Page } from './support/visit.js';

async function chapter(settings = '', reducedMotion: 'reduce' | 'no-preference' = 'reduce'): Promise<Page> {
  const page = await (await plainContext({ reducedMotion })).newPage();
  await open(page, `de/nonsense/${settings}`);
  return page;
}

/** Goes on with Tab until what has the focus matches the selector and says the words, at most once around the page. */
async function tabTo(page: Page, selector: string, says = ''): Promise<void> {
  for (let tabs = 0; tabs < 800; tabs++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(([wanted, text]) => {
      const focused = document.activeElement;
      return focused !== null && focused.matches(wanted!) && (text === '' || focused.textContent!.trim() === text);
    }, [selector, says]);
    if (found) return;
  }
  throw new Error(`Tab does not lead to ${selector} ${says}`);
}

const written = (page: Page): Promise<string> => page.locator('figure .written').first().innerText();

it('reaches everything in order, and shows where it is', async () => {
  const page = await chapter();
  const count = await page.evaluate(() => {
    const usable = 'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]';
    const visible = [...document.querySelectorAll<HTMLElement>(usable)].filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }));
    // Of a group of radio buttons, Tab reaches the chosen one.
    const stops = visible.filter((element) => !(element instanceof HTMLInputElement && element.type === 'radio' && !element.checked));
    (window as { stops?: Element[] }).stops = stops;
    return stops.length;
  });
  expect(count).toBeGreaterThan(20);
  const reached: { place: number; shown: boolean; what: string }[] = [];
  // What can be scrolled is a stop of its own in some browsers, between those that are wanted.
  for (let tabs = 0; tabs < 2 * count && reached.at(-1)?.place !== count - 1; tabs++) {
    await page.keyboard.press('Tab');
    reached.push(
      await page.evaluate(() => {
        const element = document.activeElement!;
        // What is visually hidden, as radio buttons are, lets its label show the focus.
        const frames = [element, element.parentElement, element.closest('label')].filter((frame) => frame !== null);
        const shown = frames.some((frame) => getComputedStyle(frame!).outlineStyle !== 'none' && parseFloat(getComputedStyle(frame!).outlineWidth) >= 2);
        return { place: (window as { stops?: Element[] }).stops!.indexOf(element), shown, what: element.outerHTML.slice(0, 120) };
      }),
    );
  }
  expect(reached.filter(({ shown }) => !shown)).toEqual([]);
  expect(reached.map(({ place }) => place).filter((place) => place >= 0)).toEqual(Array.from({ length: count }, (_, place) => place));
});

it('changes the memory, begins again, pauses, and goes one step on', async () => {
  // With reduced motion the text is there at once.
  const page = await chapter('', 'no-preference');
  const whole = await written(page);
  await tabTo(page, 'figure .controls input[type="range"]');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => location.search.includes('order='));
  await settled(page);
  await expect.poll(() => written(page), { timeout: PATIENCE }).not.toBe(whole);
  const writer = (state: string): Promise<void> => page.locator(`#writer[data-state="${state}"]`).waitFor();
  await tabTo(page, '#writer button', de.job.step);
  await page.keyboard.press('Enter');
  await writer('paused');
  const first = await written(page);
  await page.keyboard.press('Space');
  await page.waitForFunction((before) => document.querySelector<HTMLElement>('#writer .written')!.innerText !== before, first);
  await writer('paused');
  // The one button keeps the focus while it changes its name.
  await tabTo(page, '#writer button', de.job.resume);
  await page.keyboard.press('Enter');
  await writer('done');
  await page.waitForFunction((name) => document.activeElement?.textContent?.trim() === name, words.writer.again);
});

it('skips to the text, shows a figure as a table, its code, and its link, and opens and closes an answer', async () => {
  const page = await chapter();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect.poll(() => page.evaluate(() => document.querySelector('main')!.contains(document.activeElement)), { timeout: PATIENCE }).toBe(true);
  for (const name of [de.figure.asTable, de.figure.code, de.figure.copyLink]) {
    await tabTo(page, 'figure button', name);
    await page.keyboard.press('Enter');
  }
  const figure = page.locator('figure').first();
  await figure.locator('table').waitFor();
  await figure.locator('pre').first().waitFor();
  await figure.getByLabel(de.figure.link).waitFor();
  await tabTo(page, '.self-check summary');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.self-check details[open]').count(), { timeout: PATIENCE }).toBe(1);
  await page.keyboard.press('Space');
  await expect.poll(() => page.locator('.self-check details[open]').count(), { timeout: PATIENCE }).toBe(0);
});
