// A double click, or a double tap, on the button that starts a computation is one press: it neither pauses nor ends what it has started. Keys do, at once.
import { expect, it } from 'vitest';
import de from '../src/languages/de.js';
import { open, plainContext, watchedPage } from './support/visit.js';

/** How many clicks a press says there were: a finger's second one is 1 again, a mouse's is 2. */
const seconds = { finger: 1, mouse: 2 };

it.each([
  ['a text that is written slowly', 'nonsense', 'writer', de.job.cancel],
  ['lines that are learned', 'finetuning', 'forgetting', de.job.end],
])('starts %s, which keys then pause and end', async (_, chapter, id, ending) => {
  const { page, complaints } = await watchedPage(await plainContext({ reducedMotion: 'no-preference' }));
  await open(page, `de/${chapter}/`, [id]);
  const figure = page.locator(`#${id}`);
  const main = figure.locator('.controls button.main');
  const end = figure.getByRole('button', { name: ending, exact: true });
  for (const detail of Object.values(seconds)) {
    // Both presses come within a few milliseconds, however busy the machine is: the second on the same place, then one on the button that has come.
    const state = await main.evaluate(async (button, [second, name]) => {
      const isThere = new Promise((resolve) => setTimeout(resolve));
      const press = (pressed: Element, number: number): boolean => pressed.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: number }));
      press(button, 1);
      press(button, second);
      await isThere;
      const figure = button.closest('figure')!;
      press([...figure.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === name)!, second);
      await new Promise((resolve) => setTimeout(resolve));
      return figure.dataset.state;
    }, [detail, ending] as const);
    expect(state).toMatch(/preparing|running/);
    await main.press('Enter');
    await page.locator(`#${id}[data-state="paused"]`).waitFor();
    await end.press('Enter');
    await end.waitFor({ state: 'detached' });
  }
  expect(complaints).toEqual([]);
});
