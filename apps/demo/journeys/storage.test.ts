// A browser that keeps nothing: what is typed lasts as long as the page, and the page says so.
import { expect, it } from 'vitest';
import de from '../src/languages/de.js';
import { PATIENCE } from './support/patience.js';
import { chapters, pathOf } from './support/routes.js';
import { open, ownPlainContext, watchedPage } from './support/visit.js';

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
  for (const chapter of chapters) {
    await open(page, pathOf('de', chapter));
    expect(await page.locator('figure[data-state="failed"]').allInnerTexts()).toEqual([]);
  }
  await open(page, pathOf('de', 'models'));
  const field = page.getByLabel(de.text.ownLabel);
  await field.fill('Nichts bleibt.');
  await page.getByText(de.text.notKept).waitFor();
  await page.getByRole('link', { name: de.glossary }).first().click();
  await page.getByRole('link', { name: de.models }).first().click();
  await expect.poll(() => field.inputValue(), { timeout: PATIENCE }).toBe('Nichts bleibt.');
  await page.getByRole('button', { name: new RegExp(`^${de.theme.name}`) }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme), { timeout: PATIENCE }).toBe('light');
  expect(complaints).toEqual([]);
});
