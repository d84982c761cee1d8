// What a visitor keeps of chapter 9: the files of a model and of an adapter, the model in other chapters, lines of one's own on the page of models.
import { inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import words from '../src/chapters/09-finetuning/de.js';
import de from '../src/languages/de.js';
import { LONGEST_PART } from '../src/storage/own-lines.js';
import { keptText } from './support/kept.js';
import { PATIENCE } from './support/patience.js';
import { open, plainContext, settled, watchedPage, type Page } from './support/visit.js';

const QUICK = 'de/finetuning/?steps=20';
const inFigure = (page: Page, id: string, name: string): ReturnType<Page['getByRole']> => page.locator(`#${id}`).getByRole('button', { name, exact: true });
const answers = (page: Page): Promise<string[]> => page.locator('#tune .answer.now').allInnerTexts();
const said = (page: Page): Promise<string[]> => page.locator('#talk .said.it > p').allInnerTexts();

async function learn(page: Page, name = words.tune.learn): Promise<void> {
  await inFigure(page, 'tune', name).click();
  await page.locator('#tune[data-state="done"] .take').waitFor();
}

async function askIt(page: Page): Promise<string> {
  const before = await page.locator('#talk .said.it').count();
  await inFigure(page, 'talk', words.talk.ask).click();
  await expect.poll(() => page.locator('#talk .said.it').count(), { timeout: PATIENCE }).toBe(before + 1);
  await settled(page);
  return (await said(page)).at(-1)!;
}

it('lets what was learned be named, kept for all chapters, and taken away', async () => {
  const { page, complaints } = await watchedPage(await plainContext({ acceptDownloads: true }));
  await open(page, `${QUICK}&way=lora`, ['tune', 'talk']);
  await learn(page);
  await page.locator('#tune').getByLabel(words.take.label('20', '20')).fill('Mein Modell / 1');
  await inFigure(page, 'tune', words.take.keep).click();
  await page.getByText(words.take.kept('mein-modell-1')).waitFor();
  await inFigure(page, 'tune', words.take.keep).click();
  await page.getByText(words.take.keptAlready('mein-modell-1')).waitFor(); // a run is kept once
  for (const [typed, name] of [['anders', 'anders'], ['Mein Modell / 1', 'mein-modell-1']] as const) {
    await page.locator('#tune').getByLabel(words.take.label('20', '20')).fill(typed);
    await inFigure(page, 'tune', words.take.rename).click();
    await page.getByText(words.take.kept(name)).waitFor();
  }
  for (const [button, name, files] of [[words.take.folder, 'mein-modell-1', ['config.json', 'tokenizer.json', 'model.safetensors']], [words.take.adapter, 'mein-modell-1-adapter', ['adapter_config.json', 'adapter_model.safetensors']]] as const) {
    const download = page.waitForEvent('download');
    await inFigure(page, 'tune', button).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`${name}.zip`);
    const zip = Buffer.concat(await (await file.createReadStream()).toArray());
    expect(namesIn(zip)).toEqual(files.map((one) => `${name}/${one}`));
  }
  const own = page.locator('#talk').getByText('mein-modell-1', { exact: true });
  await own.click();
  const answer = await askIt(page);
  await page.locator('#talk').getByText(words.talk.mine(words.styles.recipe), { exact: true }).click();
  expect(await askIt(page)).toBe(answer);
  await open(page, 'de/models/');
  await page.getByText(de.own.madeIn(de.chapters.finetuning.title)).waitFor();
  await page.locator('.models input[type="radio"]').nth(1).check();
  await page.goto(new URL('de/token/', page.url().replace(/de\/.*$/, '')).href);
  await page.waitForFunction(() => new URLSearchParams(location.search).get('model') === 'own:mein-modell-1');
  await settled(page);
  expect(await page.locator('figure[data-state="failed"]').allInnerTexts()).toEqual([]);
  expect(complaints).toEqual([]);
});

it('says which name a second model will get, and asks before one is deleted', async () => {
  const { page, complaints } = await watchedPage(await plainContext());
  const proposed = words.take.names.recipe;
  const kept = page.locator('.models input[type="radio"]');
  for (const seed of ['1', '2']) {
    await open(page, `${QUICK}&seed=${seed}`, ['tune']);
    await learn(page);
    if (seed === '2') await page.getByText(words.take.becomes(`${proposed}-2`)).waitFor();
    await inFigure(page, 'tune', words.take.keep).click();
    await page.getByText(words.take.kept(seed === '2' ? `${proposed}-2` : proposed)).waitFor();
  }
  await page.locator('#tune').getByRole('link', { name: words.take.toModels }).click();
  await expect.poll(() => kept.count(), { timeout: PATIENCE }).toBe(3); // with the model of the course
  const remove = page.getByRole('button', { name: `${de.text.remove}: ${proposed}-2`, exact: true });
  const { text, yes, no } = de.own.removing(`${proposed}-2`);
  const dialog = page.getByRole('dialog');
  for (const leave of [() => dialog.getByRole('button', { name: no, exact: true }).click(), () => page.keyboard.press('Escape')]) {
    await remove.click();
    await dialog.getByText(text).waitFor();
    await leave();
    await dialog.waitFor({ state: 'hidden' });
    expect(await remove.evaluate((button) => button === document.activeElement), 'the keyboard stays').toBe(true);
  }
  expect(await kept.count()).toBe(3);
  await remove.click();
  await dialog.getByRole('button', { name: yes, exact: true }).click();
  await expect.poll(() => kept.count(), { timeout: PATIENCE }).toBe(2);
  expect(complaints).toEqual([]);
});

it('keeps lines of one’s own, learns them, and forgets them when they are deleted', async () => {
  const { page, complaints } = await watchedPage(await plainContext());
  await open(page, `${QUICK}&style=own`, ['tune']);
  await page.getByText(words.lines.none).waitFor();
  await page.locator('#tune').getByText(words.tune.needs).waitFor();
  await inFigure(page, 'tune', words.lines.add).click();
  await page.getByLabel(`${words.lines.prompt} 1`).fill('Wer bist Du?');
  await page.getByLabel(`${words.lines.completion} 1`).fill('Ein Hund, der bellt.'.padEnd(LONGEST_PART + 1, ' Wau!'));
  await page.getByText(words.lines.cut(words.lines.completion, 1, LONGEST_PART)).waitFor();
  await page.getByLabel(`${words.lines.completion} 1`).fill('Ein Hund, der bellt.');
  await page.getByText(words.lines.cut(words.lines.completion, 1, LONGEST_PART)).waitFor({ state: 'hidden' });
  for (const figure of ['forgetting', 'moves', 'too-hot', 'breadth', 'talk']) await page.locator(`#${figure}`).getByText(words.chosen.lines(words.own)).waitFor();
  await learn(page);
  expect((await answers(page))[0]).toContain('Hund');
  await page.getByLabel(`${words.lines.completion} 1`).fill('Eine Katze.');
  await page.locator('#tune').getByText(words.tune.stale).waitFor();
  await keptText(page, 'own-lines', 'Eine Katze.');
  await page.reload();
  await settled(page);
  await expect.poll(() => page.getByLabel(`${words.lines.completion} 1`).inputValue(), { timeout: PATIENCE }).toBe('Eine Katze.');
  await open(page, 'de/models/');
  await page.getByText(de.lines.count(1), { exact: true }).waitFor();
  await page.getByRole('button', { name: `${de.lines.name}: ${de.text.remove}` }).click();
  await page.getByText(de.lines.none).waitFor();
  expect(complaints).toEqual([]);
});

/** The paths in a .zip, each of which is unpacked. */
function namesIn(zip: Buffer): string[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const [packed, size, nameLength, offset] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)];
    expect(inflateRawSync(zip.subarray(offset + 30 + nameLength, offset + 30 + nameLength + packed))).toHaveLength(size);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    at += 46 + nameLength;
    return name;
  });
}
