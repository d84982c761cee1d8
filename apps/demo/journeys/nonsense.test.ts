// Chapter 2 by keys alone: a piece shows its sources, the next piece is chosen instead of rolled, and a table is counted by hand.
import { expect, it } from 'vitest';
import de from '../src/languages/de.js';
import words from '../src/chapters/02-nonsense/de.js';
import { PATIENCE } from './support/patience.js';
import { figureTexts, open, plainContext, settled, type Page } from './support/visit.js';

async function chapter(query = ''): Promise<Page> {
  const page = await (await plainContext()).newPage();
  await open(page, `de/nonsense/?${query}`);
  return page;
}

it('shows all sources of a piece, one after the other', async () => {
  const page = await chapter('speed=instant&order=2');
  const writer = page.locator('#writer');
  await writer.locator('.piece').first().focus();
  for (let key = 0; key < 9; key++) await page.keyboard.press('ArrowRight');
  const head = writer.getByText(/Stellen? im Text:/);
  await head.waitFor();
  await settled(page);
  const count = Number(/an ([\d.]+) Stellen/.exec(await head.innerText())![1]!.replace('.', ''));
  const passage = (await writer.locator('.piece.seen, .piece.selected').allInnerTexts()).join('');
  expect(count).toBeGreaterThan(1);
  await writer.getByRole('button', { name: words.sources.next }).focus();
  await page.keyboard.press('Enter');
  await writer.getByText(words.sources.place('2', count.toLocaleString('de'))).waitFor();
  await settled(page);
  await expect.poll(async () => (await writer.locator('mark.here').allInnerTexts()).join('').replace(/\s+/g, ' '), { timeout: PATIENCE }).toBe(passage.replace(/\s+/g, ' '));
});

it('takes a choice, and the address brings it back', async () => {
  const page = await chapter('speed=instant&order=3');
  const writer = page.locator('#writer');
  await writer.getByRole('button', { name: words.writer.choose }).press('Enter');
  await writer.locator('.row').first().press('Enter');
  await page.waitForFunction(() => location.search.includes('picks='));
  await page.keyboard.press('Tab');
  await writer.getByRole('button', { name: de.job.resume }).press('Enter');
  await settled(page);
  const { writer: before } = await figureTexts(page);
  await expect.poll(() => writer.locator('.piece.mine').count(), { timeout: PATIENCE }).toBe(1);
  await page.reload();
  await settled(page);
  await expect.poll(() => writer.locator('.piece.mine').count(), { timeout: PATIENCE }).toBe(1);
  expect((await figureTexts(page)).writer).toBe(before);
});

it('counts a table by hand, says what is wrong, and writes with it', async () => {
  const page = await chapter(`tiny=${encodeURIComponent('ja nein ja ja nein')}`);
  const hand = page.locator('#hand');
  const cell = (before: string, after: string, count: number): ReturnType<Page['locator']> => hand.getByRole('button', { name: words.hand.cell(before, after, String(count)), exact: true });
  await cell('nein', 'nein', 0).press('Enter');
  await hand.getByText(words.hand.wrong('ja', 'nein')).waitFor();
  await cell('ja', 'nein', 0).press('Enter');
  await cell('nein', 'ja', 0).press('Enter');
  await cell('ja', 'ja', 0).press('Enter');
  await cell('ja', 'nein', 1).press('Enter');
  await hand.getByText(words.hand.done).waitFor();
  for (let roll = 0; roll < 4; roll++) await hand.getByRole('button', { name: words.hand.roll }).press('Enter');
  await expect.poll(async () => (await hand.locator('.written').innerText()).trim().split(' '), { timeout: PATIENCE }).toHaveLength(4);
});

it('says kindly what is too little', async () => {
  const page = await chapter('text=own');
  await page.locator('#writer').getByText(words.writer.empty).waitFor();
  await page.getByLabel(de.text.ownLabel).first().fill('x');
  await page.locator('#writer').getByText(words.writer.short).waitFor();
  await settled(page);
  await expect.poll(() => page.locator('figure[data-state="failed"]').count(), { timeout: PATIENCE }).toBe(0);
});

it('says what does not fit into a line', async () => {
  const page = await chapter();
  const line = page.locator('#hand').getByLabel(words.hand.tiny);
  await line.fill('ja nein '.repeat(30));
  await page.locator('#hand').getByText(de.figure.lineIsFull(160)).waitFor();
  await expect.poll(() => line.inputValue(), { timeout: PATIENCE }).toBe('ja nein '.repeat(20));
  await line.fill('ja nein ja');
  await page.locator('#hand').getByText(de.figure.lineIsFull(160)).waitFor({ state: 'detached' });
});
