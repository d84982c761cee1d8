// Chapter 9: lines are learned before the visitor's eyes, go back step by step, are kept as a model that other chapters compute with; own lines stay; runs are compared; and one talks to what has learned, again with the same seed.
import type { Locator } from 'playwright';
import { expect, it } from 'vitest';
import words from '../src/chapters/09-finetuning/de.js';
import english from '../src/chapters/09-finetuning/en.js';
import de from '../src/languages/de.js';
import en from '../src/languages/en.js';
import { keptText } from './support/kept.js';
import { PATIENCE } from './support/patience.js';
import { open, plainContext, settled, watchedPage, widths, type Page } from './support/visit.js';

type Options = Parameters<typeof plainContext>[0];

/** @param figure  the one that the test is about */
async function chapter(figure: string, settings: Record<string, string> = {}, options: Options = {}): Promise<{ page: Page; complaints: string[] }> {
  const watched = await watchedPage(await plainContext(options));
  await open(watched.page, `de/finetuning/?${new URLSearchParams(settings).toString()}`, [figure]);
  return watched;
}
const setting = (page: Page, name: string): Promise<string | null> => page.evaluate((one) => new URLSearchParams(location.search).get(one), name);
const eventually = (what: () => Promise<unknown>): ReturnType<typeof expect.poll> => expect.poll(what, { timeout: PATIENCE });
const button = (page: Page, figure: string, name: string): ReturnType<Page['getByRole']> => page.locator(figure).getByRole('button', { name, exact: true });
const isWider = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The step that a figure's line says: "Schritt 20 von 60". */
const stepOf = async (figure: Locator, line: string): Promise<number> => Number(/\d+/.exec(/Schritt \d+/.exec(await figure.locator(line).innerText())?.[0] ?? '')?.[0] ?? 0);

it('learns lines, goes back, and keeps the model for other chapters', async () => {
  const { page, complaints } = await chapter('tune', { style: 'pirate', steps: '20' });
  const tune = page.locator('#tune');
  const answers = (): Promise<string[]> => tune.locator('.answer.now').allInnerTexts();
  await eventually(answers).toEqual(['?', '?', '?']);
  await button(page, '#tune', words.tune.learn).click();
  await eventually(() => tune.locator('.progress').innerText()).toMatch(/^Fertig nach/);
  const learned = await answers();
  expect(learned).toHaveLength(3);
  expect(learned).not.toContain('?');
  const slider = tune.locator('.controls input[type="range"]');
  await eventually(() => slider.evaluate((input: HTMLInputElement) => [input.value, input.max])).toEqual(['2', '2']);
  await slider.press('ArrowLeft');
  await eventually(() => setting(page, 'after')).toBe('10');
  await eventually(answers).not.toEqual(learned);
  await slider.press('ArrowRight');
  await eventually(answers).toEqual(learned);
  await tune.getByRole('textbox', { name: words.take.label('20', '20') }).fill('mein Pirat');
  await button(page, '#tune', words.take.keep).click();
  await tune.getByText(words.take.kept('mein-pirat')).waitFor();
  await tune.getByRole('link', { name: words.take.toModels }).click();
  await page.getByText(de.own.madeIn(de.chapters.finetuning.title)).first().waitFor();
  await open(page, `de/continue/?${new URLSearchParams({ model: 'own:mein-pirat' }).toString()}`, []);
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(complaints).toEqual([]);
});

it('shows what was learned again, in the other language, too, and asks before it is left while it learns', async () => {
  const { page, complaints } = await chapter('tune', { style: 'pirate', steps: '10' });
  const tune = page.locator('#tune');
  const answers = (): Promise<string[]> => tune.locator('.answer.now').allInnerTexts();
  await button(page, '#tune', words.tune.learn).click();
  await eventually(() => tune.locator('.progress').innerText()).toMatch(/^Fertig nach/);
  const learned = await answers();
  await tune.getByText(words.styles.rhyme, { exact: true }).click();
  await eventually(answers).toEqual(['?', '?', '?']);
  await tune.getByText(words.styles.pirate, { exact: true }).click();
  await eventually(answers).toEqual(learned);
  await page.locator('header').getByRole('link', { name: en.languageName }).click();
  await eventually(() => page.locator('#tune').getAttribute('aria-label')).toBe(english.tune.label);
  await page.locator('header a.home').click();
  await page.locator('.stations').waitFor();
  await page.locator('header').getByRole('link', { name: de.languageName }).click();
  await page.locator('.stations').getByRole('link', { name: de.chapters.finetuning.title }).first().click();
  await eventually(answers).toEqual(learned); // the address says nothing of a style
  await eventually(() => setting(page, 'style')).toBe('pirate');
  await tune.locator('.more summary').click();
  await tune.locator('.more input[type="range"]').fill('240');
  await button(page, '#tune', words.tune.learn).click();
  await page.locator('#tune[data-state="running"]').waitFor();
  const question = page.getByRole('dialog');
  await page.locator('header').getByRole('link', { name: en.languageName }).click();
  await question.getByText(de.leaving.kept).waitFor();
  await question.getByRole('button', { name: de.leaving.no, exact: true }).click();
  await page.locator('#tune[data-state="running"]').waitFor();
  expect(new URL(page.url()).pathname).toMatch(/de\/finetuning\/$/);
  const ofBrowser = page.waitForEvent('dialog');
  const loaded = page.waitForEvent('load');
  await page.evaluate(() => void setTimeout(() => location.reload()));
  const dialog = await ofBrowser;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await loaded;
  expect(complaints).toEqual([]);
});

it('keeps own lines beyond the page, and learns only from whole ones', async () => {
  const { page, complaints } = await chapter('tune');
  const tune = page.locator('#tune');
  await tune.getByText(words.own, { exact: true }).click();
  await tune.getByText(words.tune.needs).waitFor();
  await button(page, '#tune', words.lines.add).click();
  await tune.getByRole('textbox', { name: `${words.lines.prompt} 1` }).fill('Wie heißt Du?');
  await tune.getByRole('textbox', { name: `${words.lines.completion} 1` }).fill('Ich heiße Rumpelstilzchen.');
  await tune.getByText(words.tune.ready(de.lines.count(1))).waitFor();
  await keptText(page, 'own-lines', 'Rumpelstilzchen');
  await page.reload();
  await settled(page);
  await eventually(() => tune.getByRole('textbox', { name: `${words.lines.completion} 1` }).inputValue()).toBe('Ich heiße Rumpelstilzchen.');
  await button(page, '#tune', words.lines.removeAll).click();
  await tune.getByText(words.lines.none).waitFor();
  await button(page, '#tune', de.signs.bringBack).click();
  await eventually(() => tune.getByRole('textbox', { name: `${words.lines.prompt} 1` }).inputValue()).toBe('Wie heißt Du?');
  expect(complaints).toEqual([]);
});

it('compares shares of repeated stories: the runs stay on the picture', async () => {
  const { page, complaints } = await chapter('forgetting');
  const forgetting = page.locator('#forgetting');
  const meters = (): Promise<string[]> => forgetting.locator('.meters b').allInnerTexts();
  for (const [name, replay] of Object.entries(words.replays).filter(([share]) => share !== '25')) {
    await forgetting.getByText(replay, { exact: true }).first().click();
    await eventually(async () => (await setting(page, 'repeated')) ?? '0').toBe(name);
    await button(page, '#forgetting', words.compare.learn).click();
    await eventually(async () => (await forgetting.locator('.chosen .lines').innerText()) !== words.forgetting.notYet && (await stepOf(forgetting, '.facts')) >= 20).toBe(true);
    await button(page, '#forgetting', de.job.end).press('Enter'); // what was learned so far stays
    await page.locator('#forgetting:not([data-state])').waitFor();
  }
  await eventually(meters).toEqual([expect.stringMatching(/^\+\d+/), '–', expect.stringMatching(/^[+−]\d+/)]);
  const [none, , half] = (await meters()).map((text) => Number(text.replace('−', '-').replace(/[^\d-]/g, ''))) as [number, number, number];
  expect(half).toBeLessThan(none);
  await eventually(() => forgetting.locator('svg path.curve').count()).toBe(4); // two lines in each of two panels
  expect(complaints).toEqual([]);
});

it('sets an exercise up, moves nothing but the pairs, and switches the adapter off, on a phone', async () => {
  const { page, complaints } = await chapter('moves', {}, { viewport: widths.phone, hasTouch: true, isMobile: true });
  await page.locator('.exercise a').nth(2).click();
  await eventually(() => setting(page, 'moving')).toBe('lora');
  const moves = page.locator('#moves');
  await button(page, '#moves', words.compare.learn).click();
  const answer = (): Promise<string> => moves.locator('.answer b').innerText();
  await eventually(async () => (await stepOf(moves, '.losses')) >= 20).toBe(true);
  await button(page, '#moves', de.job.end).press('Enter');
  expect(await page.evaluate(() => document.activeElement?.matches('#moves button.main')), 'the keyboard stays with the figure').toBe(true);
  await page.locator('#moves:not([data-state])').waitFor();
  const on = await answer();
  expect(await moves.locator('.tile.moved').count()).toBe(0);
  expect(await moves.locator('.pair').count()).toBe(16);
  await moves.getByText(words.moves.adapters.off, { exact: true }).click();
  await eventually(() => setting(page, 'adapter')).toBe('0');
  await eventually(answer).not.toBe(on);
  expect(await isWider(page)).toBe(0);
  expect(complaints).toEqual([]);
});

it('talks before anything was learned, says so, and answers the same with the same seed', async () => {
  const { page, complaints } = await chapter('talk');
  const talk = page.locator('#talk');
  await talk.getByText(words.talk.preparedNote).waitFor();
  await talk.getByRole('textbox', { name: words.talk.question }).fill('Wer wohnt am See?');
  await page.keyboard.press('Enter');
  const said = (): Promise<string[]> => talk.locator('.said.it p').allInnerTexts();
  const done = async (count: number): Promise<string> => {
    await eventually(async () => (await said()).length).toBe(count);
    await page.locator('#talk[data-state="done"]').waitFor();
    return (await said()).at(-1)!;
  };
  const first = await done(1);
  expect(first.length).toBeGreaterThan(3);
  await button(page, '#talk', words.talk.same).click();
  expect(await done(2)).toBe(first);
  await button(page, '#talk', words.talk.other).click();
  await done(3);
  await eventually(() => setting(page, 'talk')).toBe('2');
  await button(page, '#talk', words.talk.showBars).click();
  await talk.locator('.bars.ui').waitFor();
  expect(complaints).toEqual([]);
});
