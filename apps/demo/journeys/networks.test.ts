// Chapter 4: the network says how much it reads, a digit is drawn with a mouse, a finger and the keyboard, moved, and not read where nothing
// is drawn; own signs are collected, learned, kept, saved, deleted and brought back, in two tabs and on the page of what is kept; neurons are removed.
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { NETWORK_SIZE } from '../src/lab/signs/sizes.js';
import words from '../src/chapters/04-networks/de.js';
import de from '../src/languages/de.js';
import { PATIENCE } from './support/patience.js';
import { open, plainContext, settled, watchedPage, widths, type Page } from './support/visit.js';

/** @param figure  the one that the test is about; all where there is none, so that nothing moves any more */
async function chapter(figure?: string, options: Parameters<typeof plainContext>[0] = {}): Promise<Awaited<ReturnType<typeof watchedPage>>> {
  const watched = await watchedPage(await plainContext(options));
  await open(watched.page, 'de/networks/', figure === undefined ? undefined : [figure]);
  return watched;
}
const numbersIn = (text: string): number[] => [...text.matchAll(/\d[\d.]*/g)].map(([number]) => Number(number.replaceAll('.', '')));
const readDigit = (page: Page): ReturnType<Page['locator']> => page.locator('#draw .verdict strong');
/** The middle of the drawing area, and its width. */
async function canvasOf(page: Page, figure: string): Promise<{ x: number; y: number; width: number }> {
  const canvas = page.locator(`${figure} .canvas`);
  await canvas.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await canvas.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2, width };
}

it('says what it reads of signs that it never saw, after training and for other settings', async () => {
  const { page, complaints } = await chapter('network');
  const result = page.locator('#network .result');
  const [right, of] = numbersIn((await result.innerText()).split('\n').at(-1)!) as [number, number];
  expect(of).toBe(1000);
  expect(right).toBeGreaterThanOrEqual(900);
  await expect.poll(() => page.locator('#network .misread li').count(), { timeout: PATIENCE }).toBe(Math.min(12, of - right));
  await page.locator('#network').getByLabel('10', { exact: true }).check({ force: true });
  await settled(page);
  await expect.poll(async () => numbersIn((await result.innerText()).split('\n').at(-1)!)[0], { timeout: PATIENCE }).toBeLessThan(right);
  await page.getByText(words.network.byHeart).waitFor();
  expect(await page.locator('#network figcaption').innerText()).toContain(NETWORK_SIZE.toLocaleString('de'));
  expect(complaints).toEqual([]);
});

it('reads a stroke of the mouse, says when nothing is drawn, and has the drawing in the address', async () => {
  const { page, complaints } = await chapter();
  await page.locator('#draw .verdict').getByText(words.draw.nothing).waitFor();
  const { x, y, width } = await canvasOf(page, '#draw');
  await page.mouse.move(x, y - width / 3);
  await page.mouse.down();
  await page.mouse.move(x, y + width / 3, { steps: 10 });
  await page.mouse.up();
  await page.locator('#draw').getByText(words.draw.reads(1)).waitFor();
  await page.waitForFunction(() => location.search.includes('drawn='));
  await page.reload();
  await settled(page);
  await canvasOf(page, '#draw');
  await page.locator('#draw').getByText(words.draw.reads(1)).waitFor();
  await page.locator('#draw').getByRole('button', { name: de.drawing.clear }).click();
  await page.locator('#draw .verdict').getByText(words.draw.nothing).waitFor();
  expect(complaints).toEqual([]);
});

it('reads a drawing made by keys, wherever it stands if it is moved to the middle', async () => {
  const { page } = await chapter('draw');
  const canvas = page.locator('#draw .canvas');
  await canvas.focus();
  await page.keyboard.press(' ');
  for (let step = 0; step < 14; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await page.locator('#draw').getByText(words.draw.reads(1)).waitFor();
  const left = page.locator('#draw').getByRole('button', { name: words.draw.moves.left });
  for (let step = 0; step < 7; step++) await left.press('Enter');
  await settled(page);
  await page.locator('#draw').getByText(words.draw.reads(1)).waitFor();
  await page.keyboard.press('Backspace');
  await canvas.press('Backspace');
  await page.locator('#draw .verdict').getByText(words.draw.nothing).waitFor();
});

it('does not read a drawing in the corner if it is left there', async () => {
  const { page } = await chapter('draw');
  const draw = page.locator('#draw');
  await draw.getByRole('button', { name: words.draw.example }).click();
  await draw.getByText(words.draw.reads(3)).waitFor();
  for (const direction of ['left', 'up'] as const) for (let step = 0; step < 8; step++) await draw.getByRole('button', { name: words.draw.moves[direction] }).click();
  await settled(page);
  expect(await readDigit(page).innerText()).toBe(words.draw.reads(3));
  await draw.getByText(words.draw.centreOff).click();
  await page.waitForFunction((text) => document.querySelector('#draw .verdict strong')!.textContent!.trim() !== text, words.draw.reads(3));
});

it('is drawn on with a finger without scrolling the page', async () => {
  const { page } = await chapter(undefined, { viewport: widths.phone, hasTouch: true, isMobile: true });
  const { x, y, width } = await canvasOf(page, '#draw');
  const before = await page.evaluate(() => scrollY);
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', dy = 0): Promise<unknown> => session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: y + dy }] });
  await touch('touchStart', -width / 3);
  for (let step = 0; step <= 12; step++) await touch('touchMove', -width / 3 + (step * 2 * width) / 36);
  await touch('touchEnd');
  await page.locator('#draw').getByText(words.draw.reads(1)).waitFor();
  expect(await page.evaluate(() => scrollY)).toBe(before);
});

it('learns own signs, which are kept, saved, opened and deleted', async () => {
  const { page, complaints } = await chapter();
  const own = page.locator('#own');
  const button = (name: string): ReturnType<Page['locator']> => own.getByRole('button', { name, exact: true });
  expect(await button(words.own.train).isDisabled()).toBe(true);
  const { x, y, width } = await canvasOf(page, '#own');
  await page.mouse.move(x - width / 4, y);
  await page.mouse.down();
  await page.mouse.move(x + width / 4, y, { steps: 6 });
  await page.mouse.up();
  await button(words.own.add).click();
  await expect.poll(() => own.locator('.drawings button').count(), { timeout: PATIENCE }).toBe(1);
  await own.locator('.drawings button').click();
  await expect.poll(() => own.locator('.drawings button').count(), { timeout: PATIENCE }).toBe(0);
  await button(words.own.examples).click();
  await button(words.own.train).click();
  await settled(page);
  await expect.poll(async () => numbersIn((await own.locator('.result').innerText()).replace(words.own.stale, '')), { timeout: PATIENCE }).toEqual([24, 24, 6, 6]);
  const { x: left, y: top, width: size } = await canvasOf(page, '#own');
  for (const [from, to] of [[-1, 1], [1, -1]] as const) {
    await page.mouse.move(left - size / 4, top + (from * size) / 4);
    await page.mouse.down();
    await page.mouse.move(left + size / 4, top + (to * size) / 4, { steps: 8 });
    await page.mouse.up();
  }
  await own.locator('.verdict').getByText(words.own.exampleNames[2]!).waitFor();

  await page.reload();
  await settled(page);
  await own.locator('.drawings button').nth(29).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), button(words.own.save).click()]);
  const file = await text(await download.createReadStream());
  const saved = JSON.parse(file) as { signs: { name: string; pixels: number[][] }[] };
  expect(saved.signs.map(({ name, pixels }) => [name, pixels.length, pixels[0]!.length])).toEqual(words.own.exampleNames.map((name) => [name, 10, 784]));
  await button(words.own.removeAll).click();
  await button(de.signs.bringBack).waitFor();
  await expect.poll(() => own.locator('.drawings button').count(), { timeout: PATIENCE }).toBe(0);
  await page.reload();
  await settled(page);
  await expect.poll(() => own.locator('.drawings button').count(), { timeout: PATIENCE }).toBe(0);
  await own.locator('input[type="file"]').setInputFiles({ name: 'falsch.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await own.getByText(words.own.notSigns('falsch.json')).waitFor();
  await own.locator('input[type="file"]').setInputFiles({ name: 'signs.json', mimeType: 'application/json', buffer: Buffer.from(file) });
  await own.locator('.drawings button').nth(29).waitFor();
  expect(complaints).toEqual([]);
});

const ownDrawings = (page: Page): ReturnType<Page['locator']> => page.locator('#own .drawings button');
const ownButton = (page: Page, name: string): ReturnType<Page['locator']> => page.locator('#own').getByRole('button', { name, exact: true });
/** Draws a line and adds it to the first sign. */
async function addDrawing(page: Page): Promise<void> {
  const { x, y, width } = await canvasOf(page, '#own');
  await page.mouse.move(x - width / 4, y);
  await page.mouse.down();
  await page.mouse.move(x + width / 4, y, { steps: 6 });
  await page.mouse.up();
  await ownButton(page, words.own.add).click();
}

it('collects own signs in two tabs, and one follows the other', async () => {
  const { page: one, complaints } = await chapter();
  const { page: other } = await watchedPage(one.context());
  await open(other, 'de/networks/');
  await addDrawing(one);
  await expect.poll(() => ownDrawings(other).count(), { timeout: PATIENCE }).toBe(1);
  await addDrawing(other);
  await expect.poll(() => ownDrawings(one).count(), { timeout: PATIENCE }).toBe(2);
  await one.reload();
  await settled(one);
  await expect.poll(() => ownDrawings(one).count(), { timeout: PATIENCE }).toBe(2);
  expect(complaints).toEqual([]);
});

it('brings back own signs that were deleted, with the network that was trained on them', async () => {
  const { page, complaints } = await chapter('own');
  await ownButton(page, words.own.examples).click();
  await ownButton(page, words.own.train).click();
  await settled(page);
  const result = page.locator('#own .result');
  await expect.poll(async () => numbersIn(await result.innerText()), { timeout: PATIENCE }).toEqual([24, 24, 6, 6]);
  await ownButton(page, words.own.removeAll).click();
  await result.getByText(words.own.needs).waitFor();
  await ownButton(page, de.signs.bringBack).click();
  await expect.poll(() => ownDrawings(page).count(), { timeout: PATIENCE }).toBe(30);
  await expect.poll(async () => numbersIn(await result.innerText()), { timeout: PATIENCE }).toEqual([24, 24, 6, 6]);
  await expect.poll(() => ownButton(page, de.signs.bringBack).count(), { timeout: PATIENCE }).toBe(0);
  await ownDrawings(page).first().click();
  await ownButton(page, de.signs.bringBack).waitFor();

  // The page of what is kept.
  await page.locator('footer').getByRole('link', { name: de.models }).click();
  const kept = page.locator('main .signs');
  await kept.getByText(`${words.own.exampleNames[0]}: ${de.signs.count(9)}`).waitFor();
  await expect.poll(() => kept.getByRole('button', { name: de.signs.bringBack }).count(), { timeout: PATIENCE }).toBe(0);
  const [download] = await Promise.all([page.waitForEvent('download'), kept.getByRole('button', { name: de.text.save }).click()]);
  expect((JSON.parse(await text(await download.createReadStream())) as { signs: { drawings: string[] }[] }).signs.map(({ drawings }) => drawings.length)).toEqual([9, 10, 10]);
  await kept.getByRole('button', { name: de.text.remove }).click();
  await kept.getByText(de.signs.none).waitFor();
  await kept.getByRole('button', { name: de.signs.bringBack }).click();
  await kept.getByText(de.signs.count(9)).waitFor();
  await kept.getByRole('button', { name: de.text.remove }).click();
  await kept.getByText(de.signs.none).waitFor();
  await page.reload();
  await kept.getByText(de.signs.none).waitFor();
  expect(complaints).toEqual([]);
});

it('keeps what is drawn after the browser has deleted everything', async () => {
  const { page } = await chapter();
  await addDrawing(page);
  await expect.poll(() => ownDrawings(page).count(), { timeout: PATIENCE }).toBe(1);
  await page.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('course');
    request.onsuccess = resolve;
    request.onerror = reject;
  }));
  await addDrawing(page);
  await page.locator('#own').getByText(words.own.kept).waitFor();
  await page.reload();
  await settled(page);
  await expect.poll(() => ownDrawings(page).count(), { timeout: PATIENCE }).toBe(2);
});

it('loses hardly anything with one neuron, and everything with all of them', async () => {
  const { page } = await chapter('inside');
  const inside = page.locator('#inside');
  const right = async (): Promise<number[]> => numbersIn(await inside.locator('.verdict').innerText());
  await expect.poll(() => inside.getByText(words.inside.unchanged('', '').split('.')[0]!).count(), { timeout: PATIENCE }).toBe(1);
  await inside.getByRole('button', { name: words.inside.remove }).click();
  await inside.getByText(/1 Neuron fehlt/).waitFor();
  await settled(page);
  await expect.poll(async () => (await right()).at(-2), { timeout: PATIENCE }).toBeGreaterThan(800);
  await inside.locator('.row').first().click();
  await inside.getByText(/1 Gewicht ist umgedreht/).waitFor();
  await inside.locator('input[type="range"]').press('End');
  await inside.getByText(/128 Neuronen fehlen/).waitFor();
  await settled(page);
  await expect.poll(async () => (await right()).at(-2), { timeout: PATIENCE }).toBe(100);
  await inside.getByRole('button', { name: words.inside.reset }).click();
  await inside.getByText(words.inside.unchanged('', '').split('.')[0]!).waitFor();
});

it('goes downhill with one weight', async () => {
  const { page } = await chapter('weight');
  const weight = page.locator('#weight');
  const rule = (): Promise<string> => weight.locator('.rule').innerText();
  const step = weight.getByRole('button', { name: words.weight.step });
  const seen = new Set([await rule()]);
  for (let steps = 0; steps < 3; steps++) {
    await step.click();
    await settled(page);
    seen.add(await rule());
  }
  expect(seen.size).toBe(4);
  await weight.getByRole('button', { name: words.weight.reset }).click();
  await settled(page);
  expect(seen.has(await rule())).toBe(true);
});
