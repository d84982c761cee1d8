// The training loop in a page's worker: it tells what happens, can be stopped while it runs, and goes on elsewhere with the same bits.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { News, Order, Start } from '../support/training.worker.js';

const trainer = (): Worker => new Worker(new URL('../support/training.worker.ts', import.meta.url), { type: 'module' });

/** Two for all tests, because a worker loads each module of the sources by itself. */
let workers: [Worker, Worker];
beforeAll(() => {
  workers = [trainer(), trainer()];
});
afterAll(() => workers.forEach((worker) => worker.terminate()));

/** Trains in a worker until it says how it ended; `onNews` may send orders. */
function trainIn(worker: Worker, start: Omit<Start, 'type'>, onNews: (news: News, order: (order: Order) => void) => void = () => undefined): Promise<News[]> {
  const order = (order: Order): void => worker.postMessage(order);
  const heard: News[] = [];
  return new Promise<News[]>((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(`the worker failed: ${event.message}`));
    worker.onmessage = ({ data }: MessageEvent<News>) => {
      heard.push(data);
      onNews(data, order);
      if (data.type === 'end') resolve(heard);
    };
    order({ type: 'start', ...start });
  });
}

const lossesOf = (heard: readonly News[]): number[] => heard.flatMap((news) => (news.type === 'step' ? [news.report.loss] : []));
const lastCheckpoint = (heard: readonly News[]): Extract<News, { type: 'checkpoint' }> => {
  const found = heard.findLast((news) => news.type === 'checkpoint');
  return found?.type === 'checkpoint' ? found : expect.fail('there is no checkpoint');
};

it('trains, evaluates and saves in a worker', async () => {
  const heard = await trainIn(workers[0], { steps: 10, saveEvery: 4, evaluateEvery: 3 });
  expect(heard.at(-1)).toEqual({ type: 'end', why: 'done' });
  const losses = lossesOf(heard);
  expect(losses.length).toBe(10);
  expect(losses[9]).toBeLessThan(losses[0]! - 0.1);
  expect(heard.flatMap((news) => (news.type === 'validation' ? [news.step] : []))).toEqual([3, 6, 9]);
  expect(heard.flatMap((news) => (news.type === 'checkpoint' ? [news.step] : []))).toEqual([4, 8, 10]);
});

it('stops when the page says so, and another worker goes on with the same bits', async () => {
  const stopped = await trainIn(workers[0], { steps: 1_000_000, saveEvery: Infinity, evaluateEvery: Infinity }, (news, order) => {
    if (news.type === 'step' && news.report.step === 3) order({ type: 'stop' });
  });
  expect(stopped.at(-1)).toEqual({ type: 'end', why: 'stopped by the page' });
  const { step, bytes } = lastCheckpoint(stopped);
  expect(step).toBe(lossesOf(stopped).length); // whenever the word came: between two steps

  const steps = step + 4;
  const resumed = await trainIn(workers[1], { steps, saveEvery: Infinity, evaluateEvery: Infinity, checkpoint: bytes });
  const straight = await trainIn(workers[1], { steps, saveEvery: Infinity, evaluateEvery: Infinity });
  expect([...lossesOf(stopped), ...lossesOf(resumed)]).toEqual(lossesOf(straight));
  expect(lossesOf(resumed).length).toBe(4);
});
