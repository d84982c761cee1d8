// A model that the visitor brings along, as a Hugging Face folder: it is tried, kept, computes in the chapters, and is deleted.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import de from '../src/languages/de.js';
import { tinyModel, type TinyModel } from '../test/support/tiny-model.js';
import { PATIENCE } from './support/patience.js';
import { figureTexts, open, plainContext, seeAll, settled, watchedPage, type Page } from './support/visit.js';

let tiny: TinyModel;
beforeAll(async () => void (tiny = await tinyModel('tiny', 'de')));
afterAll(() => tiny.dispose());

/** Drops files on the page, as from the desktop. */
async function drop(page: Page, files: readonly string[]): Promise<void> {
  const contents = await Promise.all(files.map(async (name) => ({ name, base64: await readFile(join(tiny.folder, name), 'base64') })));
  const transfer = await page.evaluateHandle((dropped) => {
    const data = new DataTransfer();
    for (const { name, base64 } of dropped) data.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name));
    return data;
  }, contents);
  await page.getByText(de.own.dropHere).dispatchEvent('drop', { dataTransfer: transfer });
}

it('computes with a folder that is chosen, here and after a reload, until it is deleted', async () => {
  const { page, complaints } = await watchedPage(await plainContext());
  await open(page, 'de/token/');
  const ofCourse = await figureTexts(page);
  await open(page, 'de/models/');
  await page.locator('input[webkitdirectory]').setInputFiles(tiny.folder);
  await page.getByText(de.own.writes).waitFor();
  const kept = page.locator('.models input[type="radio"]').nth(1);
  await kept.check();
  await page.waitForFunction(() => document.querySelectorAll<HTMLInputElement>('.models input[type="radio"]')[1]!.checked);
  await page.goto(new URL('de/token/', inject('site')).href);
  // The choice is read from the browser's storage, and then stands in the address.
  await page.waitForFunction(() => new URLSearchParams(location.search).get('model')?.startsWith('own:tiny-model'));
  await settled(page);
  await seeAll(page);
  const unchanged = async (): Promise<string[]> => Object.entries(await figureTexts(page)).filter(([id, text]) => text === ofCourse[id]).map(([id]) => id);
  await expect.poll(unchanged, { timeout: PATIENCE }).toEqual([]);
  await settled(page);
  const own = await figureTexts(page);
  expect(await page.locator('figure[data-state="failed"]').allInnerTexts()).toEqual([]);
  await open(page, new URL(page.url()).pathname.replace(/^\/\w+\//, '') + new URL(page.url()).search);
  await expect.poll(() => figureTexts(page), { timeout: PATIENCE }).toEqual(own);
  await open(page, 'de/models/');
  const remove = page.getByRole('button', { name: new RegExp(`^${de.text.remove}: `) });
  const { yes, no } = de.own.removing('');
  await remove.click();
  await page.getByRole('dialog').getByRole('button', { name: no, exact: true }).click();
  await remove.click();
  await page.getByRole('dialog').getByRole('button', { name: yes, exact: true }).click();
  await page.getByText(de.own.none).waitFor();
  await open(page, 'de/token/');
  await expect.poll(() => figureTexts(page), { timeout: PATIENCE }).toEqual(ofCourse);
  expect(complaints).toEqual([]);
});

it('takes files that are dropped, and says what is missing', async () => {
  const { page, complaints } = await watchedPage(await plainContext());
  await open(page, 'de/models/');
  const files = await readdir(tiny.folder);
  await drop(page, files.filter((name) => name !== 'model.safetensors'));
  await page.getByText(de.own.problems.missing('model.safetensors')).waitFor();
  await drop(page, files);
  await page.getByText(de.own.writes).waitFor();
  await page.locator('.models b').filter({ hasText: /^gpt2$/ }).waitFor();
  await expect.poll(() => page.locator('.models input[type="radio"]').count(), { timeout: PATIENCE }).toBe(2);
  expect(complaints).toEqual([]);
});

it('loads no model from another site', async () => {
  const { page, complaints } = await watchedPage(await plainContext());
  await open(page, 'de/models/');
  await page.getByText(de.own.onSite).click();
  await page.getByLabel(de.own.path).fill('https://example.org/gpt2');
  await page.getByRole('button', { name: de.own.load }).click();
  await page.getByText(de.own.otherSite).waitFor();
  // What was said of the path does not stay beside a model that works.
  await page.locator('.drop input[type="file"]').first().setInputFiles((await readdir(tiny.folder)).map((name) => join(tiny.folder, name)));
  await page.getByText(de.own.writes).waitFor();
  await expect.poll(() => page.getByText(de.own.otherSite).count(), { timeout: PATIENCE }).toBe(0);
  expect(complaints).toEqual([]);
});

it('names a model without a folder after its family', async () => {
  const llama = await tinyModel('tiny-llama', 'de', { isLlama: true });
  try {
    const { page, complaints } = await watchedPage(await plainContext());
    await open(page, 'de/models/');
    await page.locator('.drop input[type="file"]').first().setInputFiles((await readdir(llama.folder)).map((name) => join(llama.folder, name)));
    await page.getByText(de.own.writes).waitFor();
    await page.locator('.models b').filter({ hasText: /^llama$/ }).waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await llama.dispose();
  }
});
