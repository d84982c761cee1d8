// The whole way, from a token to an own assistant, as a visitor on a phone goes it in German: every chapter by its link, every figure by its main button,
// an own model that is learned, kept and talked to, fifteen votes, and the page that looks back. `PICTURES=FOLDER` keeps a picture of each stop. Prints
// how long each chapter took.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import tuning from '../../src/chapters/09-finetuning/de.js';
import feedback from '../../src/chapters/10-feedback/de.js';
import { ruleOf } from '../../src/chapters/10-feedback/settings.js';
import de from '../../src/languages/de.js';
import lookingBack from '../../src/shell/looking-back/de.js';
import { chapters } from '../support/routes.js';
import { open, plainContext, seeAll, settled, watchedPage, widths, type Page } from '../support/visit.js';

const VOTES = 15;
const HOUR = 3_600_000;
const OWN = 'mein-assistent';
const folder = process.env.PICTURES;

/** Takes pictures of what the visitor sees, in the order of the way. */
function photographer(page: Page): (name: string) => Promise<void> {
  let count = 0;
  return async (name) => {
    count++;
    if (!folder) return;
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${String(count).padStart(3, '0')}-${name}.png`) });
  };
}

const inFigure = (page: Page, id: string, name: string): ReturnType<Page['getByRole']> => page.locator(`#${id}`).getByRole('button', { name, exact: true });

/** What a figure needs before its main button does something. */
const first: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  votes: async (page) => {
    for (let vote = 0; vote < VOTES; vote++) await page.locator('#votes button[data-vote]').nth(vote % 2).click();
  },
  rule: async (page) => {
    const rater = Number(await page.evaluate(() => new URLSearchParams(location.search).get('rater') ?? '1'));
    await page.locator('#rule').getByText(feedback.rule.names[ruleOf(rater)], { exact: true }).first().click();
  },
};

/** What a visitor does with a figure besides. */
const then: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  tune: async (page) => {
    await page.locator('#tune .take input').fill(OWN);
    await inFigure(page, 'tune', tuning.take.keep).click();
    await page.getByText(tuning.take.kept(OWN)).waitFor();
  },
};

it('leads from a token to an own assistant', { timeout: HOUR }, async () => {
  const { page, complaints } = await watchedPage(await plainContext({ viewport: widths.phone, hasTouch: true, isMobile: true }));
  const picture = photographer(page);
  const start = performance.now();
  const seconds: Record<string, number> = {};
  await open(page, 'de/');
  await picture('home');
  for (const chapter of chapters) {
    const began = performance.now();
    await page.locator('header a.home').click();
    await page.locator('.stations').getByRole('link', { name: de.chapters[chapter].title }).first().click();
    await page.waitForURL(`**/de/${chapter}/**`);
    await settled(page);
    await picture(chapter);
    await seeAll(page);
    const ids = await page.locator('figure[id]').evaluateAll((figures) => figures.map(({ id }) => id));
    for (const id of ids) {
      const figure = page.locator(`figure[id="${id}"]`);
      await figure.scrollIntoViewIfNeeded();
      await settled(page);
      await first[id]?.(page);
      const main = figure.locator('.controls button.main:enabled').first();
      if ((await main.count()) > 0) await main.click();
      await settled(page);
      expect(await figure.getAttribute('data-state'), `state of ${id}`).not.toBe('failed');
      await then[id]?.(page);
      await figure.evaluate((element) => element.scrollIntoView({ block: 'start', behavior: 'instant' }));
      await picture(`${chapter}-${id}`);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `width of ${chapter}`).toBe(0);
    seconds[chapter] = Math.round((performance.now() - began) / 1000);
    console.log(`${chapter}: ${ids.length} figures, ${seconds[chapter]} s`);
  }

  await page.locator('nav.on a[rel="next"]').click();
  await page.locator('.stations li').last().getByText(lookingBack.visited).waitFor();
  expect(await page.locator('.stations li.visited').count()).toBe(chapters.length);
  await page.locator('.assistant').getByText(OWN).first().waitFor();
  await picture('looking-back');
  await page.locator('.assistant').scrollIntoViewIfNeeded();
  await picture('looking-back-assistant');
  await page.getByRole('link', { name: lookingBack.talk }).click();
  await page.waitForURL('**/de/finetuning/**');
  await settled(page);
  const answers = page.locator('#talk .said.it');
  const before = await answers.count();
  await page.locator('#talk').getByText(OWN, { exact: true }).click();
  await inFigure(page, 'talk', tuning.talk.ask).click();
  await expect.poll(() => answers.count(), { timeout: HOUR / 10 }).toBe(before + 1);
  await settled(page);
  await page.locator('#talk').scrollIntoViewIfNeeded();
  await picture('own-assistant');
  console.log(`an answer of the own assistant: ${await answers.last().innerText()}`);
  console.log(`the whole way: ${Math.round((performance.now() - start) / 1000)} s`);
  expect(complaints).toEqual([]);
});
