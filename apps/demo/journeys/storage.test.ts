// A browser that keeps nothing: what is typed lasts as long as the page, and the page says so.
import { expect, it } from 'vitest';
import de from '../src/languages/de.js';
import { PATIENCE } from './support/patience.js';
import { chapters, pathOf } from './support/routes.js';
import { open, ownPlainContext, seeAll, settled, watchedPage } from './support/visit.js';

/** The figures that keep something of the visitor's and begin only when they are seen; the others of a chapter begin by themselves. */
const withOwnThings: Record<string, readonly string[]> = { nonsense: ['copies', 'die'], continue: ['vocabularies'], finetuning: ['tune'] };

it('works without IndexedDB, localStorage and sessionStorage', async () => {
  const context = await ownPlainContext();
  await context.addInitScript(() => {
    const denied = (): never => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    IDBFactory.prototype.open = denied;
    for (const storage of ['localStorage', 'sessionStorage']) Object.defineProperty(window, storage, { get: denied });
  });
  const { page, complaints } = await watchedPage(context);
  await open(page, pathOf('de', ''));
  for (const chapter of chapters) {
    await page.locator(`.stations a[href$="/${chapter}/"]`).click();
    await page.locator('figure[id]').first().waitFor();
    await settled(page);
    await seeAll(page, withOwnThings[chapter] ?? []);
    expect(await page.locator('figure[data-state="failed"]').allInnerTexts()).toEqual([]);
    await page.locator('header a.home').click();
    await page.locator('.stations').waitFor();
  }
  await open(page, pathOf('de', 'models'));
  const field = page.getByLabel(de.text.ownLabel);
  await field.fill('Nichts bleibt.');
  await page.getByText(de.text.notKept).waitFor();
  await page.getByRole('link', { name: de.glossary }).first().click();
  await page.getByRole('link', { name: de.models }).first().click();
  await expect.poll(() => field.inputValue(), { timeout: PATIENCE }).toBe('Nichts bleibt.');
  await page.getByRole('button', { name: new RegExp(`^${de.theme.name}`) }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme), { timeout: PATIENCE }).toBe('dark');
  expect(complaints).toEqual([]);
});
