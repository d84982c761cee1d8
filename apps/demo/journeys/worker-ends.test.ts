// A worker that dies, or does not answer any more, is said in the figure, and a button starts the computation again.
import { expect, it } from 'vitest';
import de from '../src/languages/de.js';
import { PATIENCE } from './support/patience.js';
import { figureTexts, open, ownPlainContext, plainContext, settled, type Page } from './support/visit.js';

const path = 'de/nonsense/';
const failures = (page: Page): ReturnType<Page['locator']> => page.locator('figure[data-state="failed"]');

/** Starts another computation in the first figure that has a slider. */
const compute = (page: Page): Promise<void> => page.locator('figure[data-state] input[type="range"]').first().press('ArrowRight');

/** A figure that starts again has failed no longer, so the next one is the first. */
async function restartAll(page: Page): Promise<void> {
  for (let left = await failures(page).count(); left > 0; left--) await failures(page).first().getByRole('button', { name: de.job.restart }).click();
}

it('says that the worker died, and starts another', async () => {
  const page = await (await plainContext()).newPage();
  await open(page, path);
  const [worker] = page.workers();
  // It dies as soon as it gets something to do.
  await worker!.evaluate(() => addEventListener('message', ({ data }) => {
    if (data.type === 'start') throw new Error('killed');
  }));
  await compute(page);
  await failures(page).first().getByRole('alert').filter({ hasText: de.job.workerDied }).waitFor();
  await restartAll(page);
  await settled(page);
  await expect.poll(() => failures(page).count(), { timeout: PATIENCE }).toBe(0);
  const again = await figureTexts(page);
  await page.waitForFunction(() => location.search !== '');
  const other = await (await plainContext()).newPage();
  await open(other, new URL(page.url()).pathname.replace(/^\/[^/]+\//, '') + new URL(page.url()).search);
  expect(again).toEqual(await figureTexts(other));
});

it('notices a worker that does not answer', async () => {
  const page = await (await ownPlainContext()).newPage();
  await page.clock.install();
  await open(page, path);
  await page.workers()[0]!.evaluate(() => addEventListener('message', ({ data }) => {
    if (data.type === 'start') for (;;);
  }));
  await compute(page);
  // The page waits before it gives the worker up; its clock goes on at once.
  await page.clock.runFor(60_000);
  await failures(page).first().getByRole('alert').filter({ hasText: de.job.noAnswer }).waitFor();
  await restartAll(page);
  await settled(page);
  await expect.poll(() => failures(page).count(), { timeout: PATIENCE }).toBe(0);
});

it('notices at once that the worker has ended itself', async () => {
  const page = await (await ownPlainContext()).newPage();
  await page.clock.install(); // and never goes on: what is noticed is no matter of waiting
  await open(page, path);
  await page.clock.pauseAt(Date.now() + 1000);
  await page.workers()[0]!.evaluate(() => addEventListener('message', ({ data }) => {
    if (data.type === 'start') {
      close();
      for (const until = Date.now() + 200; Date.now() < until; ); // before it can answer
    }
  }));
  await compute(page);
  await failures(page).first().getByRole('alert').filter({ hasText: de.job.workerDied }).waitFor();
  await page.clock.resume();
  await restartAll(page);
  await settled(page);
  await expect.poll(() => failures(page).count(), { timeout: PATIENCE }).toBe(0);
});
