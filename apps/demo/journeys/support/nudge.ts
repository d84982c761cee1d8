// Moves the sliders of a page.
import { settled, type Page } from './visit.js';

/** Moves every slider of the figures, one after another. */
export async function nudgeAll(page: Page): Promise<void> {
  for (const slider of await page.locator('figure input[type="range"]:visible:enabled').all()) await nudge(page, slider);
}

/** Moves a slider by one step, up or else down, until it stands in the address and what it changes is computed. */
async function nudge(page: Page, slider: ReturnType<Page['locator']>): Promise<void> {
  const address = page.url();
  const before = await slider.inputValue();
  await slider.press('ArrowRight');
  if ((await slider.inputValue()) === before) await slider.press('ArrowLeft');
  await page.waitForFunction((old) => location.href !== old, address);
  await settled(page);
}
