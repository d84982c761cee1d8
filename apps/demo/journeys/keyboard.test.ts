// Chapter 2 by keyboard alone: everything that can be used is reached by Tab in the order of the page, shows that it has the focus, and
// works with the keys that its kind of control has.
import { expect, it } from 'vitest';
import de from '../src/languages/de.js';
import { open, plainContext, settled, type Page } from './support/visit.js';

const path = 'de/nonsense/';

async function chapter(): Promise<Page> {
  const page = await (await plainContext()).newPage();
  await open(page, path);
  return page;
}

/** Goes on with Tab until what has the focus matches the selector, at most once around the page. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let tabs = 0; tabs < 400; tabs++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

it('reaches everything in order, and shows where it is', async () => {
  const page = await chapter();
  const count = await page.evaluate(() => {
    const usable = 'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]';
    const visible = [...document.querySelectorAll<HTMLElement>(usable)].filter((element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }));
    // Of a group of radio buttons, Tab reaches the chosen one.
    const stops = visible.filter((element) => !(element instanceof HTMLInputElement && element.type === 'radio' && !element.checked));
    (window as { stops?: Element[] }).stops = stops;
    return stops.length;
  });
  expect(count).toBeGreaterThan(20);
  const reached: { place: number; shown: boolean; what: string }[] = [];
  for (let stop = 0; stop < count; stop++) {
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
  expect(reached.map(({ place }) => place)).toEqual(Array.from({ length: count }, (_, place) => place));
});

it('skips to the text', async () => {
  const page = await chapter();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.querySelector('main')!.contains(document.activeElement))).toBe(true);
});

it('changes settings, steps, goes on and cancels', async () => {
  const page = await chapter();
  await tabTo(page, 'figure input[type="radio"]');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => location.search !== '');
  const afterChoice = new URL(page.url()).search;
  await tabTo(page, 'figure input[type="range"]');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((before) => location.search !== before, afterChoice);
  await settled(page);
  // The buttons of a computation, wherever it is on the page.
  const focusButton = async (name: string): Promise<void> => {
    for (let tabs = 0; tabs < 400; tabs++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return;
    }
    throw new Error(`Tab does not lead to the button "${name}"`);
  };
  await focusButton(de.job.step);
  await page.keyboard.press('Enter');
  await page.locator('figure[data-state="paused"]').waitFor();
  await page.keyboard.press('Space');
  await page.locator('figure[data-state="paused"]').waitFor();
  await focusButton(de.job.cancel);
  await page.keyboard.press('Enter');
  await page.locator('figure[data-state="paused"]').waitFor({ state: 'detached' });
  await focusButton(de.figure.copyLink);
  await page.keyboard.press('Enter');
  await page.locator(`input[aria-label="${de.figure.copyLink}"]`).waitFor();
});

it('opens an answer, and shows and hides a term', async () => {
  const page = await chapter();
  await tabTo(page, '.self-check summary');
  await page.keyboard.press('Enter');
  expect(await page.locator('.self-check details[open]').count()).toBe(1);
  await page.keyboard.press('Space');
  expect(await page.locator('.self-check details[open]').count()).toBe(0);
});
