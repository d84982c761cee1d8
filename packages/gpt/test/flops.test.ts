// The count of operations, against sums written out by hand and against the kernels that a step really runs.
import { createCpuBackend, Engine } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { flopsPerToken, GPT, Trainer, type GPTConfig } from '../src/index.js';

const tiny: GPTConfig = { vocabSize: 7, contextLength: 8, layers: 2, heads: 2, width: 16, dropout: 0 };

/** An engine that counts the operations of matrix products and of attention; its other kernels are not counted. */
function countingEngine(): { engine: Engine; operations: () => number } {
  const backend = createCpuBackend();
  const run = backend.run.bind(backend);
  let operations = 0;
  backend.run = (kernel, buffers, numbers) => {
    const product = (count: number): number => numbers.slice(0, count).reduce((a, b) => a * b, 1);
    if (kernel === 'matmul') operations += 2 * product(4); // batch, rows, columns, inner
    // Two products (batch, heads, time, time, headSize) forward; backward one for each of dq, dk, dv and the probabilities.
    const [batch, time, heads, , headSize] = numbers as [number, number, number, number, number];
    if (kernel === 'selfAttention') operations += 4 * batch * heads * time * time * headSize;
    if (kernel === 'selfAttentionGradient') operations += 8 * batch * heads * time * time * headSize;
    run(kernel, buffers, numbers);
  };
  return { engine: new Engine(backend), operations: () => operations };
}

describe('flopsPerToken', () => {
  it.each<[string, GPTConfig, number]>([
    // 6 x (4 x 12 x 128^2 + 65 x 128) + 12 x 4 x 128 x 64
    ["nanoGPT's run on a CPU", { vocabSize: 65, contextLength: 64, layers: 4, heads: 4, width: 128, dropout: 0 }, 4_768_512 + 393_216],
    // 6 x (12 x 12 x 768^2 + 50,257 x 768) + 12 x 12 x 768 x 1,024
    ['GPT-2 with 124 million weights', { vocabSize: 50_257, contextLength: 1024, layers: 12, heads: 12, width: 768, dropout: 0.1 }, 741_192_192 + 113_246_208],
    // 6 x (2 x 12 x 16^2 + 7 x 16) + 12 x 2 x 16 x 8
    ['a tiny one', tiny, 37_536 + 3_072],
  ])('of %s', (_, config, expected) => {
    expect(flopsPerToken(config)).toBe(expected);
    expect(flopsPerToken(config, 'forward')).toBe(expected / 3);
  });

  it('is what a training step and a forward pass ask of the kernels', async () => {
    const { engine, operations } = countingEngine();
    const model = new GPT(engine, tiny);
    const trainer = new Trainer(model, Int32Array.from({ length: 100 }, (_, i) => i % 7), { batchSize: 3, steps: 1 }, { eager: true });
    const { tokens } = await trainer.step();
    expect(operations()).toBe(tokens * flopsPerToken(tiny));
    const before = operations();
    engine.noGradient(() => model.forward(engine.tensor([1, 2, 3, 4, 5, 6, 0, 1], [1, 8], 'int32')));
    expect(operations() - before).toBe(8 * flopsPerToken(tiny, 'forward'));
  });

  it('is what a step reports its speed by, accumulated batches included', async () => {
    const { engine } = countingEngine();
    const trainer = new Trainer(new GPT(engine, tiny), Int32Array.from({ length: 100 }, (_, i) => i % 7), { batchSize: 2, accumulationSteps: 3, steps: 1 });
    const { tokens, seconds, gigaflops } = await trainer.step();
    expect(tokens).toBe(2 * 3 * 8);
    expect(gigaflops * seconds * 1e9).toBeCloseTo(tokens * flopsPerToken(tiny), 3);
  });

  it('refuses sizes that no model has, and passes that there are not', () => {
    expect(() => flopsPerToken({ ...tiny, width: 15 })).toThrow(/width 15 cannot be split/);
    expect(() => flopsPerToken(tiny, 'backward' as 'forward')).toThrow("flopsPerToken: there is no pass 'backward': choose 'training' or 'forward'.");
  });
});
