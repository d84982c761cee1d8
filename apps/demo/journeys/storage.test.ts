// A browser that keeps nothing: what is typed lasts as long as the page, and the page says so. And one whose values are damaged: they count as absent.
import { expect, it } from 'vitest';
import de from '../src/languages/de.js';
import { chapterNames } from '../src/chapters/names.js';
import { keepValues, keptText } from './support/kept.js';
import { PATIENCE } from './support/patience.js';
import { chapters, pathOf } from './support/routes.js';
import { open, ownPlainContext, plainContext, seeAll, settled, watchedPage } from './support/visit.js';

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

it('shows every page where what the browser keeps is damaged, and keeps what comes new', async () => {
  const { page, complaints } = await watchedPage(await plainContext());
  await open(page, pathOf('de', 'glossary'));
  const facts = { family: 'gpt', parameters: 1, layers: 1, heads: 1, width: 1, contextLength: 1, vocabSize: 1 };
  const models = { 'model:a': null, 'model:b': { name: 'b', chapter: 'finetuning' }, 'model:c': { name: 5, facts }, 'model:d': { name: 'd', facts } };
  await keepValues(page, { ...models, visited: 5, 'chosen-model': 5, 'own-text': 5, 'own-text-before-link': {}, 'own-lines': [null], 'own-signs': [null, null, null] });
  await open(page, pathOf('de', 'looking-back'));
  expect(await page.locator('.stations li').count()).toBe(chapterNames.length);
  expect(await page.locator('.stations .note').allInnerTexts()).toEqual([]);
  await open(page, pathOf('de', ''));
  await page.locator('.own').getByText(de.own.notYet).waitFor();
  expect(await page.locator('.own').innerText()).not.toContain(de.own.text);
  await open(page, pathOf('de', 'models'));
  await page.getByText(de.own.none).waitFor();
  expect(await page.getByLabel(de.text.ownLabel).inputValue()).toBe('');
  await open(page, pathOf('de', 'token'));
  await keptText(page, 'visited', '["token"]');
  expect(complaints).toEqual([]);
});
