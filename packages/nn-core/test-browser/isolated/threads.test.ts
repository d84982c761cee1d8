// Threads in a browser: in a worker of a cross-origin isolated page they compute together, and give the same bits as one alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { init } from '../../src/index.js';
import { ask, engineServiceWorker, engineWorker } from '../support/ask.js';
import type { Answer } from '../support/engine.worker.js';

const bits = (numbers: readonly Float32Array[]): Int32Array[] => numbers.map(({ buffer }) => new Int32Array(buffer));
const says = (threads: string): string => expect.stringContaining(threads) as string;

it('the page is cross-origin isolated', () => {
  expect(crossOriginIsolated).toBe(true);
});

describe('an engine in a worker', () => {
  // One for all tests, because a worker loads each module of the sources by itself; each question is answered by an engine of its own.
  let worker: Worker;
  const works = ['matmul', 'operations', 'eagerTraining', 'capturedTraining'] as const;
  /** Number of threads -> what an engine with these computed. */
  const answers = new Map<number, Answer>();
  beforeAll(async () => {
    worker = engineWorker();
    for (const threads of [1, 2, 3]) answers.set(threads, await ask(worker, { options: { threads }, works }));
  });
  afterAll(() => worker.terminate());

  // The worker answers only once all workers of a disposed engine have ended.
  it.each([[1, ', 1 thread'], [2, ', 2 threads'], [3, ', 3 threads']] as const)('has %i threads and ends them', (threads, description) => {
    expect(answers.get(threads)).toMatchObject({ description: says(description), workers: threads - 1 });
  });

  it.each(works)('gives the same bits on 1, 2 and 3 threads: %s', (work) => {
    const [alone, ...together] = [1, 2, 3].map((threads) => answers.get(threads)!.numbers[work]!);
    expect(new Set(alone!.flatMap((numbers) => [...numbers])).size).toBeGreaterThan(100);
    expect(alone!.every((numbers) => numbers.every(Number.isFinite))).toBe(true);
    for (const numbers of together) expect(bits(numbers)).toEqual(bits(alone!));
  });

  it.each([1, 2, 3])('gives the same bits captured and eager on %i threads', (threads) => {
    const { eagerTraining, capturedTraining } = answers.get(threads)!.numbers;
    expect(bits(capturedTraining!)).toEqual(bits(eagerTraining!));
  });

  it('uses as many threads as there are processors, at most 8', async () => {
    const threads = Math.min(8, navigator.hardwareConcurrency);
    expect(await ask(worker)).toMatchObject({ description: says(`, ${threads} thread`), workers: threads - 1 });
  });

  // The last one: from then on the worker's workers are broken.
  it('that can start no worker says why, and what to do', async () => {
    const { error } = await ask(worker, { options: { threads: 2 }, brokenWorkers: true });
    expect(error).toMatch(/a worker thread could not be started \(.*no program\): use init\('wasm', { threads: 1 }\)/);
  });
});

describe('an engine that may not wait for workers', () => {
  it("on the page's own thread runs single-threaded and says why", async () => {
    const engine = await init('wasm');
    expect(engine.backend.description).toMatch(/, 1 thread \(the page's own thread may not wait for others, a Worker may\)$/);
    engine.dispose();
  });

  it("refuses threads on the page's own thread, and says where they can be had", async () => {
    await expect(init('wasm', { threads: 2 })).rejects.toThrow(/cross-origin isolated page .* in a Worker/);
  });

  it('in a service worker runs single-threaded and says why', async () => {
    const registration = await engineServiceWorker();
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    expect(await ask(worker!, { works: ['matmul'] })).toMatchObject({ description: says(', 1 thread (this kind of worker starts no others)'), workers: 0 });
    expect(await ask(worker!, { options: { threads: 2 } })).toMatchObject({ error: says('in a Worker') });
    await registration.unregister();
  });
});
