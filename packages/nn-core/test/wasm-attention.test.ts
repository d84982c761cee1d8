// The attention kernels, which work on panels of eight queries and chunks of 64 keys, against the formulas beside them: over
// the sizes at which panels and chunks begin, long contexts, odd and very large heads. And the same bits in any number of shares.
import { describe, expect, it } from 'vitest';
import { enableRelaxedSimd } from '../src/backends/wasm/enable-relaxed-simd.js';
import { createKernelInstance } from '../src/backends/wasm/instance.js';
import { distance, firstDifference, kernelMemory, type KernelMemory, noise } from './support/kernel-memory.js';
import { referenceKernels } from './support/reference-kernels.js';

/** The kernel's numbers: batch, time, keyTime, heads, keyValueHeads, headSize, behind, ahead; those of the mask and of dropout are made from them. */
type Numbers = readonly [number, number, number, number, number, number, number, number];
interface Results {
  y: Float32Array;
  maximum: Float32Array;
  sum: Float32Array;
  dQuery: Float32Array;
  dKey: Float32Array;
  dValue: Float32Array;
}

/** A sequence to itself, each position seeing itself and the past. */
const causal = (batch: number, time: number, heads: number, headSize: number): Numbers => [batch, time, time, heads, heads, headSize, 2 * time, 0];

/** Whole numbers as the kernels find them in memory. */
const integers = (length: number, fill: (i: number) => number): Float32Array => new Float32Array(Int32Array.from({ length }, (_, i) => fill(i)).buffer);

/**
 * The output and the gradients, in `parts` shares; `suffix` is '' or 'Naive'. `scale` stretches queries, keys and values. `masked`: with
 * filler and packed examples; `added`: with prefixes, a mask that is added, slopes, and dropout.
 */
function attend(memory: KernelMemory, suffix: string, sizes: Numbers, parts: number, { scale = 1, masked = false, added = false } = {}): Results {
  memory.clear();
  const [batch, time, keyTime, heads, keyValueHeads, headSize] = sizes;
  // A mask for each head where there are two, else for each sequence.
  const maskSizes = heads === 2 ? [1, heads] : [batch, 1];
  const numbers = [...sizes, ...maskSizes, added ? 0.3 : 0, 5];
  const size = batch * time * heads * headSize;
  const keySize = batch * keyTime * keyValueHeads * headSize;
  const inputs = [size, keySize, keySize].map((length, i) => memory.place(noise(length, i + 1).map((x) => x * scale)));
  const dy = memory.place(noise(size, 4));
  const masks = masked
    ? [
        memory.place(integers(2 * batch, (i) => (i % 2 === 0 ? (i * 3) % 11 : keyTime - ((i * 5) % 13)))),
        memory.place(integers(batch * time, (i) => Math.floor(i / 29) % 3)),
        memory.place(integers(batch * keyTime, (i) => Math.floor(i / 41) % 3)),
      ]
    : [0, 0, 0];
  if (added) {
    const bias = noise(maskSizes[0]! * maskSizes[1]! * time * keyTime, 7);
    masks.push(
      memory.place(integers(batch, (i) => Math.floor(keyTime / (i + 2)))),
      memory.place(bias.map((x, i) => (i % 5 === 0 ? -Infinity : x))),
      memory.place(Float32Array.from({ length: heads }, (_, i) => 2 ** (-2 - i))),
      memory.place(integers(3, (i) => 7 ** i)),
    );
  } else masks.push(0, 0, 0, 0);
  const [y, maximum, sum] = [size, batch * heads * time, batch * heads * time].map((length) => memory.blank(length));
  const gradients = [size, keySize, keySize].map((length) => memory.blank(length));
  for (let part = parts - 1; part >= 0; part--) memory.kernel(`attention${suffix}`)(...inputs, ...masks, y!, maximum!, sum!, ...numbers, part, parts);
  for (let part = parts - 1; part >= 0; part--) memory.kernel(`attentionGradient${suffix}`)(...inputs, ...masks, y!, maximum!, sum!, dy, ...gradients, ...numbers, part, parts);
  const rows = batch * heads * time;
  return {
    y: memory.read(y!, size), maximum: memory.read(maximum!, rows), sum: memory.read(sum!, rows),
    dQuery: memory.read(gradients[0]!, size), dKey: memory.read(gradients[1]!, keySize), dValue: memory.read(gradients[2]!, keySize),
  };
}

/** qkv of positions [from, to) out of (batch, time, 3 * width). */
function positions(qkv: Float32Array, batch: number, time: number, width: number, from: number, to: number): Float32Array {
  const part = new Float32Array(batch * (to - from) * width);
  for (let b = 0; b < batch; b++) part.set(qkv.subarray((b * time + from) * width, (b * time + to) * width), b * (to - from) * width);
  return part;
}

const cases: readonly Numbers[] = [
  causal(0, 5, 2, 4), causal(2, 0, 2, 4), causal(1, 1, 1, 1), causal(2, 3, 3, 3), causal(1, 7, 2, 17), causal(3, 8, 1, 4), causal(1, 9, 2, 5), causal(2, 63, 1, 8),
  causal(1, 64, 4, 32), causal(1, 65, 2, 33), causal(2, 129, 2, 64), causal(1, 200, 1, 130), causal(1, 40, 1, 1000),
  // More queries than are kept at hand in one sweep of the keys.
  causal(1, 150, 1, 600),
  // A head that is too large for the scratch memory.
  causal(1, 9, 1, 4100),
  // Everything sees everything, fewer and more keys than queries, heads that share keys.
  [2, 70, 70, 4, 2, 16, 999, 999], [1, 20, 150, 2, 1, 8, 999, 999], [1, 150, 20, 2, 2, 8, 999, 999], [2, 90, 0, 2, 2, 8, 999, 999],
  // Causal with a cache in front, and with queries before the first key.
  [1, 70, 203, 3, 1, 8, 999, 0], [2, 203, 70, 2, 2, 8, 999, 0],
  // Windows narrower and wider than chunks, to one side and to both; over several sweeps.
  [1, 300, 300, 2, 1, 8, 4, 0], [1, 300, 300, 2, 2, 8, 99, 0], [1, 300, 333, 2, 1, 8, 70, 70], [1, 300, 220, 1, 1, 8, 0, 3], [1, 400, 391, 2, 1, 600, 40, 25],
];

describe.each([{ relaxed: false }, ...(enableRelaxedSimd() ? [{ relaxed: true }] : [])])('attention, relaxed: $relaxed', async ({ relaxed }) => {
  const instance = await createKernelInstance({ relaxed });
  const memory = kernelMemory(instance, await referenceKernels(instance));
  const gradients = ['dQuery', 'dKey', 'dValue'] as const;

  it.each([[false, false], [true, false], [false, true], [true, true]].flatMap(([masked, added]) => cases.map((numbers) => [masked, added, ...numbers] as const)))(
    'agrees with the naive kernels and does not depend on shares: masks %s, added %s, batch %i, time %i, %i keys, %i heads (%i of keys) of %i, %i behind, %i ahead',
    (masked, added, ...numbers) => {
      const expected = attend(memory, 'Naive', numbers, 1, { masked, added });
      const whole = attend(memory, '', numbers, 1, { masked, added });
      for (const name of ['y', 'maximum', 'sum'] as const) expect(distance(whole[name], expected[name]), name).toBeLessThan(3e-6);
      for (const name of gradients) expect(distance(whole[name], expected[name]), name).toBeLessThan(1e-5);
      for (const parts of [2, 3, 7]) {
        const shares = attend(memory, '', numbers, parts, { masked, added });
        for (const name of ['y', 'maximum', 'sum', ...gradients] as const) expect(firstDifference(shares[name], whole[name]), `${name} in ${parts} shares`).toBe(-1);
      }
    },
  );

  it('agrees where scores are large, so that maxima change from chunk to chunk', () => {
    const numbers = causal(1, 300, 2, 16);
    const expected = attend(memory, 'Naive', numbers, 1, { scale: 12 });
    const actual = attend(memory, '', numbers, 1, { scale: 12 });
    expect(distance(actual.y, expected.y)).toBeLessThan(3e-5);
    expect(distance(actual.maximum, expected.maximum)).toBeLessThan(3e-6);
    expect(distance(actual.sum, expected.sum)).toBeLessThan(3e-5);
    for (const name of gradients) expect(distance(actual[name], expected[name]), name).toBeLessThan(3e-4);
  });

  it('gives a position the same bits whatever comes after it', () => {
    const [batch, time, heads, headSize] = [1, 100, 2, 16];
    const width = heads * headSize;
    const qkv = noise(time * 3 * width, 5);
    const run = (contents: Float32Array): Float32Array => {
      memory.clear();
      const y = memory.blank(time * width);
      memory.kernel('selfAttention')(memory.place(contents), 0, 0, 0, 0, 0, 0, y, memory.blank(heads * time), memory.blank(heads * time), batch, time, heads, heads, headSize, time, 0, 1, 1, 0, 0, 0, 1);
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
    const rows = batch * heads * time;
    memory.kernel('selfAttention')(memory.place(qkv), 0, 0, 0, 0, 0, 0, all, memory.blank(rows), memory.blank(rows), batch, time, heads, heads, headSize, time, 0, 1, 1, 0, 0, 0, 1);
    const expected = memory.read(all, batch * time * width);
    const runs = [1, 2].map((parts) => {
      memory.clear();
      const cache = memory.blank(batch * capacity * 2 * width);
      let past = 0;
      return counts.map((count) => {
        const input = memory.place(positions(qkv, batch, time, 3 * width, past, past + count));
        const table = Int32Array.from({ length: 2 * batch * count }, (_, i) => (i % 2 === 0 ? Math.floor(i / 2 / count) * capacity : past + ((i >> 1) % count)));
        const places = memory.place(new Float32Array(table.buffer)); // the same bits
        const y = memory.blank(batch * count * width);
        for (let sequence = 0; sequence < batch; sequence++) {
          for (let part = parts - 1; part >= 0; part--) memory.kernel('copyRows')(input, cache, count, 2 * width, batch * count, 3 * width, sequence * count, width, batch * capacity, sequence * capacity + past, part, parts);
        }
        for (let part = parts - 1; part >= 0; part--) {
          memory.kernel('cachedAttention')(input, cache, places, 0, y, batch * count, batch * capacity, past + count, heads, heads, headSize, time, part, parts);
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
