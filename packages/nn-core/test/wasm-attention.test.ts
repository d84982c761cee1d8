// The attention kernels, which work on panels of eight queries and chunks of 64 keys, against the formulas beside them: over
// the sizes at which panels and chunks begin, long contexts, odd and very large heads. And the same bits in any number of shares.
import { describe, expect, it } from 'vitest';
import { enableRelaxedSimd } from '../src/backends/wasm/enable-relaxed-simd.js';
import { createKernelInstance } from '../src/backends/wasm/instance.js';
import { distance, firstDifference, kernelMemory, type KernelMemory, noise } from './support/kernel-memory.js';

/** batch, time, heads, headSize */
type Sizes = readonly [number, number, number, number];
interface Results {
  y: Float32Array;
  logSumExp: Float32Array;
  dqkv: Float32Array;
}

/** The output and the gradient, in `parts` shares; `suffix` is '' or 'Naive'. `scale` stretches queries, keys and values. */
function attend(memory: KernelMemory, suffix: string, sizes: Sizes, parts: number, scale = 1): Results {
  memory.clear();
  const [batch, time, heads, headSize] = sizes;
  const size = batch * time * heads * headSize;
  const qkv = memory.place(noise(3 * size, 1).map((x) => x * scale));
  const dy = memory.place(noise(size, 2));
  const y = memory.blank(size);
  const logSumExp = memory.blank(batch * heads * time);
  const dqkv = memory.blank(3 * size);
  for (let part = parts - 1; part >= 0; part--) memory.kernel(`causalAttention${suffix}`)(qkv, y, logSumExp, ...sizes, part, parts);
  for (let part = parts - 1; part >= 0; part--) memory.kernel(`causalAttentionGradient${suffix}`)(qkv, y, logSumExp, dy, dqkv, ...sizes, part, parts);
  return { y: memory.read(y, size), logSumExp: memory.read(logSumExp, batch * heads * time), dqkv: memory.read(dqkv, 3 * size) };
}

/** qkv of positions [from, to) out of (batch, time, 3 * width). */
function positions(qkv: Float32Array, batch: number, time: number, width: number, from: number, to: number): Float32Array {
  const part = new Float32Array(batch * (to - from) * width);
  for (let b = 0; b < batch; b++) part.set(qkv.subarray((b * time + from) * width, (b * time + to) * width), b * (to - from) * width);
  return part;
}

const cases: readonly Sizes[] = [
  [0, 5, 2, 4], [2, 0, 2, 4], [1, 1, 1, 1], [2, 3, 3, 3], [1, 7, 2, 17], [3, 8, 1, 4], [1, 9, 2, 5], [2, 63, 1, 8], [1, 64, 4, 32],
  [1, 65, 2, 33], [2, 129, 2, 64], [1, 200, 1, 130], [1, 40, 1, 1000],
  // More queries than are kept at hand in one sweep of the keys.
  [1, 150, 1, 600],
  // A head that is too large for the scratch memory.
  [1, 9, 1, 4100],
];

describe.each([{ relaxed: false }, ...(enableRelaxedSimd() ? [{ relaxed: true }] : [])])('attention, relaxed: $relaxed', async ({ relaxed }) => {
  const memory = kernelMemory(await createKernelInstance({ relaxed }));

  it.each(cases)('agrees with the naive kernels and does not depend on shares: batch %i, time %i, %i heads of %i', (...sizes) => {
    const expected = attend(memory, 'Naive', sizes, 1);
    const whole = attend(memory, '', sizes, 1);
    expect(distance(whole.y, expected.y)).toBeLessThan(3e-6);
    expect(distance(whole.logSumExp, expected.logSumExp)).toBeLessThan(3e-6);
    expect(distance(whole.dqkv, expected.dqkv)).toBeLessThan(1e-5);
    for (const parts of [2, 3, 7]) {
      const shares = attend(memory, '', sizes, parts);
      for (const name of ['y', 'logSumExp', 'dqkv'] as const) expect(firstDifference(shares[name], whole[name]), `${name} in ${parts} shares`).toBe(-1);
    }
  });

  it('agrees where scores are large, so that maxima change from chunk to chunk', () => {
    const sizes: Sizes = [1, 300, 2, 16];
    const expected = attend(memory, 'Naive', sizes, 1, 12);
    const actual = attend(memory, '', sizes, 1, 12);
    expect(distance(actual.y, expected.y)).toBeLessThan(3e-5);
    expect(distance(actual.logSumExp, expected.logSumExp)).toBeLessThan(3e-6);
    expect(distance(actual.dqkv, expected.dqkv)).toBeLessThan(3e-4);
  });

  it('gives a position the same bits whatever comes after it', () => {
    const [batch, time, heads, headSize] = [1, 100, 2, 16];
    const width = heads * headSize;
    const qkv = noise(time * 3 * width, 5);
    const run = (contents: Float32Array): Float32Array => {
      memory.clear();
      const y = memory.blank(time * width);
      memory.kernel('causalAttention')(memory.place(contents), y, memory.blank(heads * time), batch, time, heads, headSize, 0, 1);
      return memory.read(y, time * width);
    };
    const before = run(qkv);
    for (const changed of [99, 70, 64, 61]) {
      const after = run(qkv.map((x, i) => (i >= changed * 3 * width ? 50 * x + 3 : x)));
      expect(firstDifference(after.subarray(0, changed * width), before.subarray(0, changed * width)), `position ${changed} changed`).toBe(-1);
    }
  });

  it.each([
    { batch: 1, heads: 2, headSize: 8, counts: [12, 1, 1, 3, 3] },
    { batch: 2, heads: 3, headSize: 17, counts: [30, 6, 1] },
    { batch: 1, heads: 2, headSize: 32, counts: [70, 70] },
    // One query sees more keys than are scored at a time.
    { batch: 1, heads: 1, headSize: 4, counts: [4500, 1, 2, 300] },
  ])('continues from a cache like one run over everything: $counts positions at a time', ({ batch, heads, headSize, counts }) => {
    const width = heads * headSize;
    const time = counts.reduce((sum, count) => sum + count, 0);
    const capacity = time + 3;
    const qkv = noise(batch * time * 3 * width, 9);
    memory.clear();
    const all = memory.blank(batch * time * width);
    memory.kernel('causalAttention')(memory.place(qkv), all, memory.blank(batch * heads * time), batch, time, heads, headSize, 0, 1);
    const expected = memory.read(all, batch * time * width);
    const runs = [1, 2].map((parts) => {
      memory.clear();
      const keys = memory.blank(batch * capacity * width);
      const values = memory.blank(batch * capacity * width);
      let past = 0;
      return counts.map((count) => {
        const input = memory.place(positions(qkv, batch, time, 3 * width, past, past + count));
        const y = memory.blank(batch * count * width);
        for (let part = parts - 1; part >= 0; part--) {
          memory.kernel('cachedAttention')(input, keys, values, y, batch, count, past, capacity, heads, headSize, part, parts);
        }
        const output = memory.read(y, batch * count * width);
        expect(distance(output, positions(expected, batch, time, width, past, past + count)), `${count} after ${past}`).toBeLessThan(3e-6);
        past += count;
        return output;
      });
    });
    runs[1].forEach((output, i) => expect(firstDifference(output, runs[0][i]), 'in two shares').toBe(-1));
  });
});
