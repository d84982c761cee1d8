// Chapter 5: a changed sentence moves its word, a walk says which sentences made two words neighbours, a bet is answered, and vectors from a file are
// measured or refused with the line that is wrong.
import { expect, it } from 'vitest';
import words from '../src/chapters/05-words/de.js';
import { PATIENCE } from './support/patience.js';
import { open, plainContext, settled, watchedPage, type Page } from './support/visit.js';

async function chapter(query = ''): Promise<{ page: Page; complaints: string[] }> {
  const { page, complaints } = await watchedPage(await plainContext());
  await open(page, `de/words/?${query}`);
  return { page, complaints };
}

it('learns a made-up word anew when its sentences change, and the address brings it back', async () => {
  const { page, complaints } = await chapter();
  const map = page.locator('#map');
  await expect.poll(() => map.locator('.arrow.moved').count(), { timeout: PATIENCE }).toBe(0);
  const neighbours = (): Promise<string[]> => map.locator('.asked .name').allInnerTexts();
  const before = await neighbours();
  expect(before).toHaveLength(5);
  const sentences = ['Der Wumpel schmeckt süß.', 'Zum Frühstück gibt es Wumpel mit Butter.', 'Wir essen ein Stück Wumpel und trinken Milch.'];
  for (const [at, sentence] of sentences.entries()) await map.getByLabel(words.map.sentence(at + 1), { exact: true }).fill(sentence);
  await map.getByText(words.map.stale).waitFor();
  await map.getByRole('button', { name: words.map.train }).click();
  await map.locator('.arrow.moved').first().waitFor({ state: 'attached' });
  await settled(page);
  await map.getByText(words.map.earlier).waitFor();
  await expect.poll(async () => before.includes((await neighbours())[0]!), { timeout: PATIENCE }).toBe(false);
  const now = await neighbours();
  await page.waitForFunction(() => location.search.includes('mine='));
  await page.reload();
  await settled(page);
  await expect.poll(neighbours, { timeout: PATIENCE }).toEqual(now);
  expect(complaints).toEqual([]);
});

it('changes a sentence of the course and takes it back', async () => {
  const { page } = await chapter();
  const map = page.locator('#map');
  await map.getByPlaceholder(words.map.search).fill('Honig schmeckt');
  await map.getByRole('button', { name: /Honig schmeckt süß/ }).click();
  await map.getByLabel(words.map.change('Honig schmeckt süß und klebt an den Fingern.')).fill('Honig bellt und schläft im Korb.');
  await map.getByText(words.map.stale).waitFor();
  await page.waitForFunction(() => location.search.includes('edits='));
  await map.getByRole('button', { name: words.map.takeBack }).click();
  await map.getByText(words.map.stale).waitFor({ state: 'detached' });
});

it('walks, says why a word is a neighbour, and says what it does not know', async () => {
  const { page, complaints } = await chapter();
  const navigator = page.locator('#navigator');
  await expect.poll(() => navigator.locator('.cosines .name').first().innerText(), { timeout: PATIENCE }).toBe('Königin');
  await navigator.getByRole('button', { name: words.walk.why('Königin') }).click();
  await navigator.locator('.reasons li').first().waitFor();
  await expect.poll(() => navigator.locator('.reasons mark').count(), { timeout: PATIENCE }).toBeGreaterThan(3);
  await navigator.getByRole('button', { name: words.walk.remove('Mann') }).click();
  await settled(page);
  await navigator.getByLabel(words.walk.add).selectOption('Hund');
  await settled(page);
  await expect.poll(() => navigator.getByText('König + Frau + Hund führt').count(), { timeout: PATIENCE }).toBe(1);
  await open(page, 'de/words/?walk=%2BQuark');
  await navigator.getByText(words.walk.unknown('Quark')).waitFor();
  expect(complaints).toEqual([]);
});

it('answers a bet, also on own words', async () => {
  const { page } = await chapter(`four=${encodeURIComponent('Hund, Katze, Montag')}`);
  const odd = page.locator('#odd');
  await odd.getByRole('button', { name: 'Montag' }).click();
  await odd.getByText(words.odd.own('Montag', 'Montag')).waitFor();
  await odd.getByRole('button', { name: words.odd.next }).click();
  await settled(page);
  await expect.poll(() => odd.locator('.four button:enabled').count(), { timeout: PATIENCE }).toBe(4);
});

it('measures bias with mirrored sentences, and on a file; a wrong file is refused with its line', async () => {
  const { page, complaints } = await chapter();
  const bias = page.locator('#bias');
  const gap = async (): Promise<number> => Number((await bias.locator('.gap b').innerText()).replace('−', '-').replace(',', '.'));
  const before = await gap();
  await bias.getByText(words.bias.mirrored).click();
  await bias.getByText(words.bias.fromMirrored).waitFor();
  await settled(page);
  await expect.poll(async () => Math.abs(await gap()), { timeout: PATIENCE }).toBeLessThan(before / 2);
  await bias.getByText(words.file.summary).click();
  const file = bias.locator('input[type=file]');
  const bring = (name: string, text: string): Promise<void> => file.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  await bring('falsch.vec', 'Ball 1 0\nHut 1 x\n');
  await bias.getByText(words.bias.problem({ line: 2 })).waitFor();
  await bring('meine.vec', 'Ball 1 0\nHut 1 0.1\nPuppe 0 1\nKleid 0.1 1\ner 1 0\nsie 0 1\n');
  await bias.getByText(words.bias.fromFile('meine.vec', { words: 6, width: 2 }, String)).waitFor();
  await settled(page);
  await expect.poll(() => bias.locator('.spread .name').allInnerTexts(), { timeout: PATIENCE }).toEqual(['Ball', 'Hut', 'Puppe', 'Kleid']);
  expect(complaints).toEqual([]);
});

it('gives a word that it never saw a place from its pieces', async () => {
  const { page } = await chapter();
  const pieces = page.locator('#pieces');
  await pieces.getByLabel(words.pieces.word).fill('Schulgarten');
  await pieces.getByText(words.pieces.neighbours('Schulgarten')).waitFor();
  await expect.poll(() => pieces.locator('.cosines .name').allInnerTexts(), { timeout: PATIENCE }).toEqual(expect.arrayContaining(['Schule', 'Garten']));
  await pieces.getByLabel(words.pieces.word).fill('xyzqw');
  await pieces.getByText(words.pieces.nothing).waitFor();
  await expect.poll(() => page.locator('figure[data-state="failed"]').count(), { timeout: PATIENCE }).toBe(0);
});
