// Chapter 10: a model learns from votes, is asked beside two others, and is found again after another page; a rule is guessed, and votes are overdone, on a phone; sums are
// learned, questions answered, and the way is looked back on.
import { expect, it } from 'vitest';
import words from '../src/chapters/10-feedback/de.js';
import { ruleOf } from '../src/chapters/10-feedback/settings.js';
import { questionsOf } from '../src/chapters/10-feedback/questions.js';
import de from '../src/languages/de.js';
import lookingBack from '../src/shell/looking-back/de.js';
import { PATIENCE } from './support/patience.js';
import { open, ownPlainContext, plainContext, watchedPage, widths, type Page } from './support/visit.js';

const eventually = (what: () => Promise<unknown>): ReturnType<typeof expect.poll> => expect.poll(what, { timeout: PATIENCE });
const button = (page: Page, figure: string, name: string): ReturnType<Page['getByRole']> => page.locator(figure).getByRole('button', { name, exact: true });
/** How far a figure's learning is. */
const stepOf = async (page: Page, figure: string): Promise<number> => Number(/^Schritt (\d+) von/.exec(await page.locator(`${figure} .progress`).innerText())?.[1] ?? 0);
const setting = (page: Page, name: string): Promise<string | null> => page.evaluate((one) => new URLSearchParams(location.search).get(one), name);

it('learns from five votes, and asks the model that came of it beside the two others', async () => {
  const { page, complaints } = await watchedPage(await plainContext());
  await open(page, 'de/feedback/?steps=10', ['votes']);
  const votes = page.locator('#votes');
  for (const [i, side] of ['a', 'b', 'a', 'b', 'a'].entries()) {
    await votes.locator(`button[data-vote="${side}"]`).click();
    await eventually(() => setting(page, 'votes')).toBe(`de-1-${'ababa'.slice(0, i + 1)}`);
  }
  await button(page, '#votes', words.votes.learn).click();
  await page.locator('#votes[data-state="done"]').waitFor();
  const now = (): Promise<string[]> => votes.locator('.now').allInnerTexts();
  const learned = await now();
  expect(learned).toHaveLength(4);
  expect(learned).not.toContain('…');
  await page.locator('#three').scrollIntoViewIfNeeded();
  await page.locator('#three[data-state="done"]').waitFor();
  const answers = await page.locator('#three .answer').allInnerTexts();
  expect(answers).toHaveLength(3);
  for (const answer of answers) expect(answer.length).toBeGreaterThan(3);
  await page.locator('header a.home').click();
  await page.locator('.stations').getByRole('link', { name: de.chapters.feedback.title }).first().click();
  await eventually(now).toEqual(learned); // the address says nothing of votes
  expect(complaints).toEqual([]);
});

it('keeps votes for those who look at other pairs, follow a link, change the language or come back later', async () => {
  const { page, complaints } = await watchedPage(await ownPlainContext());
  await open(page, 'de/feedback/', ['votes']);
  const votes = page.locator('#votes');
  const shows = (given: number) => expect.poll(() => votes.locator('.given').count(), { timeout: PATIENCE }).toBe(given);
  for (const [i, side] of ['a', 'b', 'a'].entries()) {
    await votes.locator(`button[data-vote="${side}"]`).click();
    await shows(i + 1);
  }
  await votes.getByRole('radio', { name: words.votes.languages.en, exact: true }).check({ force: true });
  await shows(0);
  await votes.getByRole('radio', { name: words.votes.languages.de, exact: true }).check({ force: true });
  await shows(3);
  await page.locator('a[href*="pairs=7"]').click();
  await shows(0);
  await page.goBack();
  await shows(3);
  await page.locator('a[href*="rater=3"]').click();
  await eventually(() => setting(page, 'rater')).toBe('3');
  await shows(3);
  // The other language has other pairs, on which nobody has voted.
  await page.locator('header').getByRole('link', { name: 'English' }).click();
  await page.locator('html[lang="en"]').waitFor();
  await shows(0);
  await open(page, 'de/looking-back/');
  await page.getByText(lookingBack.made(lookingBack.votes('3'))).waitFor();
  await open(page, 'de/feedback/', ['votes']);
  await shows(3);
  await button(page, '#votes', words.votes.over).press('Enter');
  await shows(0);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(words.votes.over);
  await button(page, '#votes', words.votes.allBack).click();
  await shows(3);
  await button(page, '#votes', words.votes.back).click();
  await shows(2);
  expect(complaints).toEqual([]);
});

it('guesses a rule by keyboard, and overdoes it until it is ended, on a phone', async () => {
  const { page, complaints } = await watchedPage(await plainContext({ viewport: widths.phone, hasTouch: true, isMobile: true }));
  await open(page, 'de/feedback/?rater=2', ['rule']);
  const rule = page.locator('#rule');
  await rule.getByText(words.rule.ready).waitFor();
  await rule.getByRole('radio', { name: words.rule.names.colour, exact: true }).press('Space');
  await rule.getByText(words.rule.wrong).waitFor();
  await rule.getByText(words.rule.names[ruleOf(2)], { exact: true }).first().click();
  await rule.getByText(words.rule.right(words.rule.names[ruleOf(2)])).waitFor();
  await button(page, '#overdo', words.overdo.learn).click();
  await eventually(() => page.locator('#overdo tbody tr').count()).toBe(7);
  await eventually(() => stepOf(page, '#overdo')).toBeGreaterThanOrEqual(8);
  await button(page, '#overdo', de.job.end).click();
  await page.locator('#overdo:not([data-state="running"])').waitFor();
  const reward = page.locator('#overdo tbody tr').first().locator('td').last();
  expect(Number((await reward.innerText()).replace(',', '.'))).toBeGreaterThan(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  expect(complaints).toEqual([]);
});

it('answers questions, an own one first, begins to learn sums from solutions, and remembers that somebody was here, on a phone', async () => {
  const { page, complaints } = await watchedPage(await plainContext({ viewport: widths.phone, hasTouch: true, isMobile: true }));
  await open(page, 'de/feedback/', ['sure']);
  const answers = page.locator('#sure .answer');
  await page.locator('#sure[data-state="done"]').waitFor();
  expect(await answers.count()).toBe(questionsOf.de.length);
  const first = await answers.first().innerText();
  await page.locator('#sure textarea').fill(questionsOf.de[0]!.text);
  await button(page, '#sure', words.sure.ask).click();
  await eventually(() => answers.count()).toBe(questionsOf.de.length + 1);
  await page.locator('#sure[data-state="done"]').waitFor();
  expect(first).toContain(await answers.first().innerText()); // the own question has no mark behind its answer
  await page.locator('#sums').getByRole('radio', { name: words.sums.lessons.solved, exact: true }).check({ force: true });
  await button(page, '#sums', words.sums.learn).click();
  await eventually(() => stepOf(page, '#sums')).toBeGreaterThanOrEqual(20); // how far it gets in the end is in slow/sums.test.ts
  await button(page, '#sums', de.job.end).click();
  await page.locator('#sums:not([data-state="running"])').waitFor();
  for (const share of await page.locator('#sums .kind td').allInnerTexts()) expect(share).toMatch(/^\d+\s%$/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await page.locator('nav.on a[rel="next"]').click();
  await page.locator('.stations li').last().getByText(lookingBack.visited).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  expect(complaints).toEqual([]);
});
