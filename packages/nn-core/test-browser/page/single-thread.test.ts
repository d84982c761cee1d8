// Where a page is not cross-origin isolated there is no shared memory: one thread, and words for whoever asks for more.
import { describe, expect, it } from 'vitest';
import { init } from '../../src/index.js';
import { ask, engineWorker } from '../support/ask.js';

it('the page is not cross-origin isolated', () => {
  expect(crossOriginIsolated).toBe(false);
});

describe('an engine in a page without isolation', () => {
  it('runs single-threaded and says why', async () => {
    const engine = await init('wasm');
    expect(engine.backend.description).toMatch(/^wasm: SIMD.*, 1 thread \(the page is not cross-origin isolated\)$/);
    engine.dispose();
  });

  it('refuses threads, and says what is missing', async () => {
    await expect(init('wasm', { threads: 2 })).rejects.toThrow(/headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp/);
  });

  it('does the same in a worker, where it trains', async () => {
    const worker = engineWorker();
    const trained = await ask(worker, { works: ['capturedTraining'] });
    expect(trained).toMatchObject({ description: expect.stringMatching(/, 1 thread \(the page is not cross-origin isolated\)$/) as string, workers: 0 });
    const losses = trained.numbers.capturedTraining![0]!;
    expect(losses[4]).toBeLessThan(losses[0]! * 0.8);
    expect((await ask(worker, { options: { threads: 2 } })).error).toContain('Cross-Origin-Opener-Policy');
    worker.terminate();
  });
});
