// Chapter 5: a changed sentence moves its word, a walk says which sentences made two words neighbours, a bet is answered, and vectors from a file are
// measured or refused with the line that is wrong.
import { expect, it } from 'vitest';
import words from '../src/chapters/05-words/de.js';
import { LONGEST_SENTENCE } from '../src/chapters/05-words/limits.js';
import { otherMine } from '../src/lab/word-texts.js';
import { PATIENCE } from './support/patience.js';
import { open, plainContext, settled, watchedPage, widths, type Page } from './support/visit.js';

/** @param figure  the one that the test is about */
async function chapter(figure: string, query = ''): Promise<{ page: Page; complaints: string[] }> {
  const { page, complaints } = await watchedPage(await plainContext());
  await open(page, `de/words/?${query}`, [figure]);
  return { page, complaints };
}

it('learns a made-up word anew when its sentences change, and the address brings it back', async () => {
  const { page, complaints } = await chapter('map');
  const map = page.locator('#map');
  await expect.poll(() => map.locator('.arrow.moved').count(), { timeout: PATIENCE }).toBe(0);
  const neighbours = (): Promise<string[]> => map.locator('.asked .name').allInnerTexts();
  const before = await neighbours();
  expect(before).toHaveLength(5);
  for (const [at, sentence] of otherMine.de.entries()) await map.getByLabel(words.map.sentence(at + 1), { exact: true }).fill(sentence);
  await map.getByText(words.map.stale).waitFor();
  await map.getByRole('button', { name: words.map.train }).click();
  await map.getByText(words.map.stale).waitFor({ state: 'detached' }); // what is being learned is not left to be learned
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

it('takes the suggestion in one tap, cuts no sentence without a word, and keeps what was typed last for those who come back', async () => {
  const { page, complaints } = await chapter('map');
  const map = page.locator('#map');
  const field = (at: number): ReturnType<typeof map.getByLabel> => map.getByLabel(words.map.sentence(at), { exact: true });
  await map.getByRole('button', { name: words.map.suggestOther }).click();
  await expect.poll(() => field(1).inputValue(), { timeout: PATIENCE }).toBe(otherMine.de[0]);
  for (const at of [4, 5, 6, 7, 8]) {
    await map.getByRole('button', { name: words.map.addSentence }).click();
    await field(at).fill(`${'Der Wumpel und der Hund. '.repeat(5)}${at}`);
  }
  await expect.poll(() => field(8).inputValue(), { timeout: PATIENCE }).toContain('Hund. 8');
  await field(8).fill('Wumpel '.repeat(100));
  await map.getByText(words.map.sentenceTooLong(String(LONGEST_SENTENCE))).waitFor();
  await expect.poll(async () => (await field(8).inputValue()).length, { timeout: PATIENCE }).toBe(LONGEST_SENTENCE);
  await field(1).fill('Zuletzt kam der Wumpel.');
  await page.evaluate(() => document.querySelector<HTMLAnchorElement>('.on a')!.click());
  await page.waitForFunction(() => !location.pathname.includes('/words/'));
  await page.goBack();
  await settled(page);
  await expect.poll(() => field(1).inputValue(), { timeout: PATIENCE }).toBe('Zuletzt kam der Wumpel.');
  await expect.poll(() => field(4).inputValue(), { timeout: PATIENCE }).toContain('Hund. 4');
  expect(complaints).toEqual([]);
});

it('answers words that are none, and no word is wider than a phone', async () => {
  const page = await (await plainContext({ viewport: widths.phone })).newPage();
  const long = 'x'.repeat(54);
  const fits = async (query: string): Promise<void> => {
    await open(page, `de/words/?${query}`);
    await expect.poll(() => page.locator('figure[data-state="failed"]').count(), { timeout: PATIENCE }).toBe(0);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), { timeout: PATIENCE }).toBe(widths.phone.width);
  };
  await fits('word=constructor&compound=a&walk=%2BKatze,-Katze');
  await page.locator('#map').getByText(words.map.unknown('constructor')).waitFor();
  await page.locator('#navigator').getByText(words.walk.nowhere('Katze − Katze')).waitFor();
  await page.locator('#pieces').getByText(words.pieces.count(1, 0, false, String)).waitFor();
  await fits(`word=toString&walk=%2BHund,%2B${long},-${long}&near=Foo&four=${long},Hund,Katze,Montag&from=${long}&to=Hund&things=${long}${long}&mine=${long}${long}%20${long}`);
  await page.locator('#navigator').getByText(words.reasons.unknown('Foo')).waitFor();
  await fits(`four=${long}${long}&from=Hund,${long}&to=${long}${long}&things=${long.repeat(5)}&others=${long}&compound=${long.slice(20)}&word=${long}`);
});

it('changes a sentence of the course and takes it back', async () => {
  const { page } = await chapter('map');
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
  const { page, complaints } = await chapter('navigator');
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
  await open(page, 'de/words/?walk=%2BQuark', ['navigator']);
  await navigator.getByText(words.walk.unknown('Quark')).waitFor();
  expect(complaints).toEqual([]);
});

it('answers a bet, also on own words', async () => {
  const { page } = await chapter('odd', `four=${encodeURIComponent('Hund, Katze, Montag')}`);
  const odd = page.locator('#odd');
  await odd.getByRole('button', { name: 'Montag' }).click();
  await odd.getByText(words.odd.own('Montag', 'Montag')).waitFor();
  await odd.getByRole('button', { name: words.odd.next }).click();
  await settled(page);
  await expect.poll(() => odd.locator('.four button:enabled').count(), { timeout: PATIENCE }).toBe(4);
});

it('measures bias with mirrored sentences, and on a file; a wrong file is refused with its line', async () => {
  const { page, complaints } = await chapter('bias');
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
  await page.waitForFunction(() => location.search.includes('vectors=meine.vec'));
  await page.reload();
  await settled(page);
  await bias.getByText(words.bias.gone('meine.vec')).waitFor();
  expect(complaints).toEqual([]);
});

it('gives a word that it never saw a place from its pieces', async () => {
  const { page } = await chapter('pieces');
  const pieces = page.locator('#pieces');
  await pieces.getByLabel(words.pieces.word).fill('Schulgarten');
  await pieces.getByText(words.pieces.neighbours('Schulgarten')).waitFor();
  await expect.poll(() => pieces.locator('.cosines .name').allInnerTexts(), { timeout: PATIENCE }).toEqual(expect.arrayContaining(['Schule', 'Garten']));
  await pieces.getByLabel(words.pieces.word).fill('xyzqw');
  await pieces.getByText(words.pieces.nothing).waitFor();
  await expect.poll(() => page.locator('figure[data-state="failed"]').count(), { timeout: PATIENCE }).toBe(0);
});

it('stays where it is when a choice in the bar at the lower edge of a phone is tapped', async () => {
  const page = await (await plainContext({ viewport: widths.phone, hasTouch: true, isMobile: true })).newPage();
  await open(page, 'de/words/');
  const bias = page.locator('#bias');
  await bias.evaluate((figure) => figure.scrollIntoView({ behavior: 'instant' }));
  const top = (): Promise<number> => bias.evaluate((figure) => Math.round(figure.getBoundingClientRect().top));
  const before = await top();
  const { x, y, width, height } = (await bias.getByText(words.bias.mirrored).boundingBox())!;
  expect(y).toBeLessThan(widths.phone.height);
  await page.touchscreen.tap(x + width / 2, y + height / 2);
  await bias.getByText(words.bias.fromMirrored).waitFor();
  await settled(page);
  expect(Math.abs((await top()) - before)).toBeLessThan(8);
});
