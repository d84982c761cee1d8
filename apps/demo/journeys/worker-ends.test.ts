// A worker that dies, or does not answer any more, is said in the figure, and a button starts the computation again.
import { expect, inject, it } from 'vitest';
import de from '../src/languages/de.js';
import { figureTexts, open, plainContext, settled, type Page } from './support/visit.js';

const path = 'de/nonsense/';

/** Starts a computation that waits for its next step, so that the worker ends in the middle of it. */
async function waiting(page: Page): Promise<void> {
  await page.getByRole('button', { name: de.job.step }).first().click();
  await page.locator('figure[data-state="paused"]').first().waitFor();
}

it('says that the worker died', async () => {
  const page = await (await plainContext()).newPage();
  await open(page, path);
  const before = await figureTexts(page);
  await waiting(page);
  await page.workers()[0]!.evaluate(() => void setTimeout(() => {
    throw new Error('killed');
  }));
  await page.getByRole('alert').filter({ hasText: 'killed' }).first().waitFor();
  await page.getByRole('button', { name: de.job.restart }).first().click();
  await page.locator('figure[data-state="paused"]').first().waitFor();
  await page.getByRole('button', { name: de.job.resume }).first().click();
  await settled(page);
  expect(await figureTexts(page)).toEqual(before);
});

it('notices a worker that does not answer', async () => {
  const page = await (await plainContext()).newPage();
  await page.clock.install();
  await page.goto(`${inject('site')}${path}`);
  await settled(page);
  await waiting(page);
  await page.workers()[0]!.evaluate(() => void setTimeout(() => {
    for (;;);
  }));
  await page.clock.runFor(30_000);
  await page.getByRole('alert').filter({ hasText: de.job.workerDied }).first().waitFor();
});
