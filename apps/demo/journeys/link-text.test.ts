// A link that brings a text along: the visitor's own text stays kept, and a button brings it back.
import { beforeAll, inject, expect, it } from 'vitest';
import de from '../src/languages/de.js';
import { open, plainContext, settled, takePlain, watchedPage, type Page } from './support/visit.js';

const MINE = 'Mein eigener Text. '.repeat(5);
const THEIRS = 'Aus einem Link. '.repeat(5);

const field = (page: Page): ReturnType<Page['getByLabel']> => page.getByLabel(de.text.ownLabel).first();
const holds = (page: Page, text: string): Promise<unknown> => page.waitForFunction((wanted) => document.querySelector('textarea')?.value === wanted, text);

/** A link to chapter 2 with their text in it, made by a visitor of their own. */
let link = '';
beforeAll(async () => {
  const { profile, giveBack } = await takePlain();
  const page = await profile.newPage();
  await open(page, 'de/nonsense/?text=own', []);
  await field(page).fill(THEIRS);
  await page.locator('#writer').getByRole('button', { name: de.figure.copyLink }).click();
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#writer input[readonly]')?.value.includes('#text:'));
  link = await page.locator('#writer').getByLabel(de.figure.link).inputValue();
  await giveBack();
});

it('does not take the place of the visitor\'s own text, which a button brings back', async () => {
  const { page, complaints } = await watchedPage(await plainContext());
  await open(page, 'de/models/');
  await field(page).fill(MINE);
  await page.goto(link); // at once, before the text is kept
  await settled(page);
  await holds(page, THEIRS);
  await field(page).press('End');
  await field(page).pressSequentially(' Und mehr.');
  const bringBack = page.getByRole('button', { name: de.text.bringBack }).first();
  await bringBack.click();
  await holds(page, MINE);
  await bringBack.waitFor({ state: 'detached' });
  await page.reload();
  await settled(page);
  await holds(page, MINE);
  expect(complaints).toEqual([]);
});

it('is only looked at where nothing is typed, also within the same page', async () => {
  const { page, complaints } = await watchedPage(await plainContext());
  await open(page, 'de/nonsense/?text=own', []);
  await field(page).fill(MINE);
  await page.goto(link); // only what follows the # changes
  await holds(page, THEIRS);
  await page.goto(new URL('de/models/', inject('site')).href);
  await holds(page, MINE);
  expect(complaints).toEqual([]);
});
