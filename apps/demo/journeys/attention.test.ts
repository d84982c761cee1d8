// Chapter 6: a tap shows where a token looks, a head that is switched off changes the next token, the way leads down to one number and back,
// the head that reads the name is found, a tiny model learns where to look, and the layers are compared; by keys, on a phone and on paper.
import { expect, inject, it } from 'vitest';
import words from '../src/chapters/06-attention/de.js';
import de from '../src/languages/de.js';
import { tinyModel } from '../test/support/tiny-model.js';
import { findings } from './support/findings.js';
import { PATIENCE } from './support/patience.js';
import { open, ownPlainContext, plainContext, seeAll, settled, watchedPage, widths, type Page } from './support/visit.js';

type Options = Parameters<typeof plainContext>[0];

/** The figures that look into the course's model; the last one, `#forms`, trains one of its own, which takes longer than all others. */
const looking = ['looks', 'number', 'change', 'find', 'layers'];

/** @param only  the figures that the test is about */
async function chapter(only: readonly string[], settings: Record<string, string> = {}, options: Options = {}): Promise<{ page: Page; complaints: string[] }> {
  const watched = await watchedPage(await plainContext(options));
  await open(watched.page, `de/attention/?${new URLSearchParams(settings).toString()}`, only);
  return watched;
}
const setting = (page: Page, name: string): Promise<string | null> => page.evaluate((one) => new URLSearchParams(location.search).get(one), name);
const eventually = (what: () => Promise<unknown>): ReturnType<typeof expect.poll> => expect.poll(what, { timeout: PATIENCE });

it('shows where a tapped token looks, also in a sentence of the visitor, and a link keeps the place', async () => {
  const { page, complaints } = await chapter(['looks']);
  const looks = page.locator('#looks');
  await eventually(() => looks.locator('.said').innerText()).toMatch(/rief.*100.%.*erle.*9\d,\d.%/s);
  await looks.locator('.column').nth(3).click();
  await eventually(() => setting(page, 'at')).toBe('4');
  await eventually(() => looks.locator('.column.later').count()).toBe(22);
  await looks.getByLabel(words.text).fill('Der Hund sah den Ball. Da lief der');
  await eventually(() => setting(page, 'at')).toBe(null);
  await settled(page);
  await eventually(() => looks.locator('.column.looking').innerText()).toMatch(/der/);
  // A link to another sentence with the same place.
  await open(page, `de/attention/?${new URLSearchParams({ sentence: 'Der Hund sah den Ball.', at: '4' }).toString()}`, ['looks']);
  await page.locator('#looks .column').first().waitFor();
  await eventually(() => looks.locator('.column.later').count()).toBeGreaterThan(0);
  expect(await setting(page, 'at')).toBe('4');
  expect(complaints).toEqual([]);
});

it('sets an exercise up: the first layer off, and one head brings the name back', async () => {
  const { page, complaints } = await chapter(['change']);
  await page.locator('.exercise a').nth(2).click();
  const change = page.locator('#change');
  await eventually(() => setting(page, 'off')).toBe('1.1_1.2_1.3_1.4');
  await eventually(() => change.locator('.off[aria-pressed="true"]').count()).toBe(4);
  await settled(page);
  const after = async (): Promise<string> => (await change.locator('.pairs .row').first().locator('.values').innerText()).split('\n').at(-1)!;
  const percent = async (): Promise<number> => Number(/(\d+),?\d*.%$/.exec(await after())?.[1] ?? 0);
  await eventually(percent).toBeLessThan(30);
  await change.getByRole('button', { name: words.headAt(1, 2) }).click();
  await settled(page);
  await eventually(percent).toBeGreaterThan(60);
  await change.getByRole('button', { name: words.change.reset }).click();
  await eventually(() => change.locator('.off[aria-pressed="true"]').count()).toBe(0);
  for (const kind of ['link', 'mask', 'order'] as const) {
    await change.getByText(words.change.kinds[kind], { exact: true }).click();
    if (kind === 'link') await change.locator('.tokens .token').nth(3).click();
    await settled(page);
    await eventually(percent).toBeLessThan(30);
  }
  expect(complaints).toEqual([]);
});

it('goes from the model to a number and back, by keys alone', async () => {
  const { page, complaints } = await chapter(['number']);
  const figure = page.locator('#number');
  const here = (): Promise<string> => figure.locator('[aria-current="step"]').innerText();
  await figure.locator('.layer').last().press('Enter');
  await eventually(here).toBe('Schicht 4');
  await figure.locator('.heads button').nth(1).press('Enter');
  await eventually(here).toBe('Kopf 2');
  const grid = figure.getByRole('grid');
  const cell = (): Promise<string> => grid.getByRole('gridcell').innerText();
  await eventually(cell).toMatch(/rief schaut auf erle/);
  await grid.focus();
  await page.keyboard.press('ArrowUp');
  await eventually(() => setting(page, 'at')).toBe('25');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight'); // none looks ahead
  await eventually(() => setting(page, 'to')).toBe('25');
  await page.keyboard.press('Home');
  await eventually(() => setting(page, 'to')).toBe('1');
  await page.keyboard.press('Enter');
  await eventually(here).toBe('Zahl');
  // Points divided by the root come from the sum that stands beside.
  const [sum, root, points] = [...(await figure.locator('.formula .result').first().innerText()).matchAll(/−?\d+,\d+/g)].map(([text]) => Number(text.replace('−', '-').replace(',', '.'))) as [number, number, number];
  expect(root).toBe(5.66);
  expect(Math.abs(sum / Math.sqrt(32) - points)).toBeLessThan(0.011);
  await figure.getByRole('button', { name: 'Modell' }).press('Enter');
  await eventually(here).toBe('Modell');
  expect(complaints).toEqual([]);
});

it('has no finding of axe at the depths that a page does not begin with, and with changes, in light and dark', async () => {
  const page = await (await plainContext()).newPage();
  for (const settings of ['depth=block&change=link&cut=4&pick=1.1', 'depth=head', 'depth=number&off=4.2&shares=1']) {
    await open(page, `de/attention/?${settings}`, ['number', 'change', 'find']);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await findings(page, ['#number', '#change', '#find']), `${settings}, ${colorScheme}`).toEqual([]);
    }
  }
});

it('keeps a figure as high as it was while its model came, on a phone', async () => {
  const context = await ownPlainContext({ viewport: widths.phone });
  // The model comes when the figures without it were measured.
  let letItCome = (): void => {};
  const measured = new Promise<void>((resolve) => (letItCome = resolve));
  await context.route(/model.*\.safetensors/, async (route) => {
    await measured;
    await route.continue();
  });
  const page = await context.newPage();
  await page.goto(new URL('de/attention/', inject('site')).href);
  const heights = (): Promise<Record<string, number>> => page.evaluate(() => Object.fromEntries([...document.querySelectorAll('figure[id]')].map(({ id, clientHeight }) => [id, clientHeight])));
  await page.locator('#looks .waiting').waitFor();
  const before = await heights();
  letItCome();
  await settled(page);
  await seeAll(page);
  const after = await heights();
  for (const id of Object.keys(after)) expect(Math.abs(after[id]! - before[id]!), id).toBeLessThan(60);
});

it('answers which head reads the name', async () => {
  const { page, complaints } = await chapter(['find']);
  const find = page.locator('#find');
  const tile = (layer: number, head: number): ReturnType<Page['locator']> => find.locator('.layer').nth(layer - 1).locator('button').nth(head - 1);
  await tile(2, 1).click();
  await eventually(() => find.locator('.said').innerText()).toMatch(/Such weiter/);
  await tile(4, 2).click();
  await eventually(() => find.locator('.said').innerText()).toMatch(/^Ja\..*Ohne diesen einen Kopf/s);
  await find.getByRole('button', { name: words.find.again }).click();
  await find.getByRole('button', { name: 'weg', exact: true }).first().click();
  await settled(page);
  await find.getByRole('button', { name: words.find.show }).click();
  await eventually(() => find.locator('.said').innerText()).toMatch(/^Diesmal liest kein Kopf/);
  expect(complaints).toEqual([]);
});

it('learns to sort, and an exercise shows it half way', async () => {
  const { page, complaints } = await chapter([]);
  const forms = page.locator('#forms');
  await page.locator('.exercise a').nth(3).click();
  await eventually(() => setting(page, 'after')).toBe('100');
  await settled(page);
  await eventually(() => forms.locator('.facts').innerText()).toMatch(/100 von 600/);
  await forms.locator('input[type="range"]').press('End');
  await forms.getByLabel(words.forms.digits).fill('77130042');
  await settled(page);
  await eventually(() => forms.locator('.result').innerText()).toMatch(/00123477/);
  expect(complaints).toEqual([]);
});

it('begins to learn when it is seen', async () => {
  const page = await (await plainContext({ reducedMotion: 'no-preference' })).newPage();
  await page.goto(new URL('de/attention/', inject('site')).href);
  const forms = page.locator('#forms');
  await page.locator('#forms[data-state="done"]').waitFor(); // for a page that is printed
  expect(await forms.innerText()).not.toMatch(/60 von 60/);
  await eventually(() => forms.innerText()).toContain(words.forms.unseen);
  await page.emulateMedia({ media: 'print' });
  await eventually(() => forms.locator('.facts').innerText()).toMatch(/60 von 60/);
  expect(await forms.locator('.groups').innerText()).toContain(words.forms.already);
  expect(await forms.locator('.heads span:visible').count()).toBe(17);
  await page.emulateMedia({ media: 'screen' });
  await forms.scrollIntoViewIfNeeded();
  await page.locator('#forms[data-state="running"]').waitFor();
  await eventually(() => forms.locator('.facts').innerText()).toMatch(/60 von 60/);
});

it('shows one row at a time on a phone, and leads from a head to its largest share, whatever was looked at before', async () => {
  const { page, complaints } = await chapter(['number', 'layers'], { depth: 'number', to: '1' }, { viewport: widths.phone, hasTouch: true, isMobile: true });
  const figure = page.locator('#number');
  await figure.getByRole('button', { name: 'Kopf 2' }).click();
  await figure.locator('.looks').waitFor();
  await eventually(() => figure.getByRole('grid').count()).toBe(0);
  await eventually(() => page.locator('#layers .grid .cell:visible').count()).toBe(5);
  await figure.getByRole('button', { name: words.number.largest }).click();
  await eventually(() => figure.locator('.steps').innerText()).toContain('erle');
  await eventually(() => setting(page, 'to')).toBe(null);
  expect(complaints).toEqual([]);
});

it('tells equal tokens apart, counts places alike in all figures, and says of a hidden control only where it is', async () => {
  const { page } = await chapter(['looks', 'layers'], { layer: '1', head: '1', at: '2', hide: 'columns,task' });
  await eventually(() => page.locator('#looks .said').innerText()).toContain(words.looks.atPlace('2'));
  await eventually(() => page.locator('#layers .stepper').innerText()).toContain('26 von 26');
  await eventually(() => page.locator('#forms .hides').count()).toBe(1);
  expect(await page.locator('.hides').count()).toBe(1);
});

it('says where an answer had been ahead before', async () => {
  const { page, complaints } = await chapter(['layers'], { place: '10' });
  await eventually(() => page.locator('#layers .answer').innerText()).toContain(words.layers.changed(2, 4));
  await page.locator('#layers').getByRole('button', { name: words.layers.next }).click();
  await eventually(() => setting(page, 'place')).toBe('11');
  expect(complaints).toEqual([]);
});

it('prints the sentence where its figures do not show it', async () => {
  const { page } = await chapter(looking);
  await page.emulateMedia({ media: 'print' });
  for (const id of looking) await eventually(() => page.locator(`#${id}`).innerText()).toContain('rief');
  for (const id of ['number', 'change', 'find']) await eventually(() => page.locator(`#${id}`).innerText()).toContain('Merle hatte einen kleinen roten Ball.');
});

it('looks into a model that is built like Llama', async () => {
  const llama = await tinyModel('tiny-llama', 'de', { isLlama: true });
  try {
    const page = await (await plainContext()).newPage();
    await open(page, 'de/models/');
    await page.locator('input[webkitdirectory]').setInputFiles(llama.folder);
    await page.getByText(de.own.writes).waitFor();
    await page.locator('.models .note').first().filter({ hasText: /^Llama, / }).waitFor();
    await page.locator('.models input[type="radio"]').nth(1).check();
    await page.waitForFunction(() => document.querySelectorAll<HTMLInputElement>('.models input[type="radio"]')[1]!.checked);
    await open(page, 'de/attention/', looking);
    expect(await page.getByRole('alert').count()).toBe(0);
    for (const id of looking) expect(await page.locator(`#${id} .who`).first().innerText(), id).toMatch(/^Llama, rund /);
    const ofLlama = await page.locator('#looks').innerText();
    await page.locator('#looks').getByText(de.own.ofCourse, { exact: true }).click();
    await settled(page);
    await eventually(() => page.locator('#looks').innerText()).not.toBe(ofLlama);
  } finally {
    await llama.dispose();
  }
});

it('offers no table, no code and no waiting where a model cannot be loaded', async () => {
  const { page } = await chapter(looking, { model: 'site:/nowhere' });
  for (const id of looking) {
    const figure = page.locator(`#${id}`);
    expect(await figure.getByRole('alert').count(), id).toBe(1);
    expect(await figure.innerText(), id).not.toContain(words.loadingModel);
    for (const name of [de.figure.asTable, de.figure.code]) expect(await figure.getByRole('button', { name, exact: true }).count(), id).toBe(0);
  }
});

it('is no wider than the window with words that are, on a phone and on a desktop', async () => {
  for (const sentence of ['Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen '.repeat(4), 'x'.repeat(240)]) {
    const { page } = await chapter(looking, { sentence }, { viewport: widths.phone });
    for (const device of ['phone', 'desktop'] as const) {
      await page.setViewportSize(widths[device]);
      await page.waitForFunction((width) => document.documentElement.clientWidth === width, widths[device].width);
      await settled(page);
      await page.locator('#find .word').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${sentence}, ${device}`).toBe(0);
    }
  }
});

it('shows what draws nothing by its code', async () => {
  const { page, complaints } = await chapter(['looks', 'layers'], { sentence: 'Da war eine 👩\u200d👧 im Wald.' });
  for (const id of ['looks', 'layers']) await eventually(() => page.locator(`#${id}`).innerText()).toContain('‹U+200D›');
  expect(complaints).toEqual([]);
});
