// The visitor's own text: typed, pasted, opened; kept, and deleted. What is pasted is text and nothing else, and too much is refused.
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { expect, it, onTestFinished } from 'vitest';
import de from '../src/languages/de.js';
import { PATIENCE } from './support/patience.js';
import { figureTexts, open, ownPlainContext, seeAll, settled, watchedPage, type Page } from './support/visit.js';

async function ownTextPage(path = 'de/models/'): Promise<Awaited<ReturnType<typeof watchedPage>>> {
  const context = await ownPlainContext();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const watched = await watchedPage(context);
  await open(watched.page, path);
  return watched;
}

const field = (page: Page): ReturnType<Page['getByLabel']> => page.getByLabel(de.text.ownLabel).first();

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await field(page).focus();
  await page.keyboard.press('ControlOrMeta+v');
}

it('is computed with, kept, and deleted', async () => {
  const { page, complaints } = await ownTextPage('de/nonsense/?text=own');
  await field(page).fill('Otto ruft Anna. '.repeat(20));
  await seeAll(page);
  const written = await figureTexts(page);
  await page.reload();
  await settled(page);
  await seeAll(page);
  await expect.poll(() => field(page).inputValue(), { timeout: PATIENCE }).toBe('Otto ruft Anna. '.repeat(20));
  await settled(page);
  await seeAll(page);
  expect(await figureTexts(page)).toEqual(written);
  await page.getByRole('button', { name: de.text.remove }).first().click();
  await page.waitForFunction(() => document.querySelector('textarea')?.value === '');
  await page.getByRole('button', { name: de.text.bringBack }).first().click();
  await expect.poll(() => field(page).inputValue(), { timeout: PATIENCE }).toBe('Otto ruft Anna. '.repeat(20));
  await page.getByRole('button', { name: de.text.remove }).first().click();
  await page.waitForFunction(() => document.querySelector('textarea')?.value === '');
  await page.reload();
  await settled(page);
  await expect.poll(() => field(page).inputValue(), { timeout: PATIENCE }).toBe('');
  expect(complaints).toEqual([]);
});

it('says when it is too long for a link', async () => {
  const { page } = await ownTextPage('de/nonsense/?text=own');
  let state = 1;
  const letters = Array.from({ length: 6000 }, () => String.fromCharCode(97 + ((state = (state * 48271) % 2147483647) % 26))).join('');
  await field(page).fill(letters.replace(/.{7}/g, '$& '));
  await page.locator('#writer').getByRole('button', { name: de.figure.copyLink }).click();
  await page.getByText(de.figure.textLeftOut).waitFor();
});

it('shows pasted HTML as the text that it is', async () => {
  const { page, complaints } = await ownTextPage('de/nonsense/?text=own');
  const html = '<img src="x" onerror="window.pwned = 1"><script>window.pwned = 1</script><b>fett</b> '.repeat(10);
  await paste(page, html);
  await settled(page);
  await expect.poll(() => field(page).inputValue(), { timeout: PATIENCE }).toBe(html);
  expect(await page.evaluate(() => ['pwned' in window, document.querySelectorAll('main img[src="x"], main script').length])).toEqual([false, 0]);
  expect(complaints).toEqual([]);
});

it('refuses 100 MB that are pasted, and the page goes on', async () => {
  const { page, complaints } = await ownTextPage();
  await field(page).fill('vorher');
  // The event that pressing the keys gives (see `paste`): the clipboard itself passes so much through several processes, and sometimes loses it.
  const isRefused = await field(page).evaluate((element) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'Wort '.repeat(20_000_000));
    return !element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  expect(isRefused).toBe(true);
  await page.getByRole('alert').filter({ hasText: '100' }).waitFor();
  await expect.poll(() => field(page).inputValue(), { timeout: PATIENCE }).toBe('vorher');
  await field(page).fill('nachher');
  await expect.poll(() => page.getByRole('alert').count(), { timeout: PATIENCE }).toBe(0);
  expect(complaints).toEqual([]);
});

it('refuses a file of 100 MB, and one that is no text', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journey-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const large = createWriteStream(join(folder, 'large.txt'));
  for (let megabyte = 0; megabyte < 100; megabyte++) large.write(Buffer.alloc(1_000_000, 'Wort '));
  large.end();
  await finished(large);
  const { page, complaints } = await ownTextPage();
  const input = page.locator('input[type="file"][accept*="text"]').first();
  await input.setInputFiles(join(folder, 'large.txt'));
  await page.getByRole('alert').filter({ hasText: '100' }).waitFor();
  await input.setInputFiles({ name: 'bild.txt', mimeType: 'text/plain', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) });
  await page.getByRole('alert').filter({ hasText: 'bild.txt' }).waitFor();
  await input.setInputFiles({ name: 'text.txt', mimeType: 'text/plain', buffer: Buffer.from('Ein Text mit Umlauten: äöü') });
  await page.waitForFunction(() => document.querySelector('textarea')!.value === 'Ein Text mit Umlauten: äöü');
  await expect.poll(() => page.getByRole('alert').count(), { timeout: PATIENCE }).toBe(0);
  expect(complaints).toEqual([]);
});
