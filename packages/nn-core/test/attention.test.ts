// Attention where its numbers are hard: large scores, masks that hide everything, the cached form beside the whole one.
import { describe, expect, it } from 'vitest';
import { attention, attentionWeights, backward, cachedAttention, cachePlaces, compileStep, concatenate, init, matmul, multiply, Random, reshape, permute, selfAttention, slice, sum, type AttentionOptions, type Engine, type Tensor } from '../src/index.js';

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['wasm with relaxed multiply-add', () => init('wasm', { relaxed: true, threads: 1 })],
  ['wasm without', () => init('wasm', { relaxed: false, threads: 1 })],
];

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!), `element ${i}: ${actual[i]} instead of ${expected[i]}`).toBeLessThanOrEqual(tolerance);
}

describe.each(devices)('attention on %s', async (_, make) => {
  const engine = await make();
  const reference = await init('cpu', { precision: 'float64' });
  const random = new Random(3);
  const numbers = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());

  it('keeps its gradient exact where scores are large', async () => {
    // Every score is a number that float32 holds, so that only what is kept of the softmax can lose digits: at 1e5 the next
    // float32 is 0.008 away, too far for the maximum and the logarithm of the sum in one.
    const count = 70;
    const qkv = Array.from({ length: count }, (_, i) => [1024, (100_000 - 0.25 * (i % 8)) / 1024, Math.sin(i)]).flat();
    const run = async (on: Engine): Promise<number[]> => {
      const x = on.parameter(on.tensor(qkv, [1, count, 3]));
      on.scope(() => backward(sum(multiply(selfAttention(x, { heads: 1, causal: true }), on.tensor(qkv.filter((_, i) => i % 3 === 2), [1, count, 1])))));
      return [...(await x.gradient!.data())];
    };
    const [actual, expected] = [await run(engine), await run(reference)];
    const dValues = (all: number[]): number[] => all.filter((_, i) => i % 3 === 2);
    expectClose(dValues(actual), dValues(expected), 2e-6);
    const dKeys = (all: number[]): number[] => all.filter((_, i) => i % 3 === 1).map((x) => x / 1024);
    expectClose(dKeys(actual), dKeys(expected), 2e-6);
  });

  it('gives zeros, and takes no gradient, where a query sees no key', async () => {
    const [query, key, value] = [[2, 3, 4], [2, 2, 4], [2, 2, 4]].map((shape) => engine.parameter(engine.tensor(numbers(shape.reduce((a, b) => a * b)), shape)));
    const keyRanges = engine.tensor([0, 2, 1, 1], [2, 2], 'int32');
    const options = { heads: 2, causal: true, keyRanges };
    const y = engine.scope(() => {
      const result = attention(query!, key!, value!, options);
      backward(sum(multiply(result, engine.tensor(numbers(24), [2, 3, 4]))));
      return result;
    });
    // The first of three queries comes before both keys; the second sequence is nothing but filler.
    const isEmpty = (position: number): boolean => position === 0 || position >= 3;
    const [output, dQuery, dKey, weights] = await Promise.all([y, query!.gradient!, key!.gradient!, attentionWeights(query!, key!, options)].map((x) => x.data()));
    output!.forEach((number, i) => (isEmpty(Math.floor(i / 4)) ? expect(number).toBe(0) : expect(number).not.toBe(0)));
    // A query that sees one key alone takes no gradient either: its weight is 1 whatever the score.
    dQuery!.forEach((number, i) => (Math.floor(i / 4) === 2 ? expect(number).not.toBe(0) : expect(Math.abs(number)).toBeLessThan(1e-6)));
    dKey!.forEach((number, i) => (i < 8 ? expect(number).not.toBe(0) : expect(number).toBe(0)));
    for (let row = 0; row < 12; row++) expect(weights![2 * row]! + weights![2 * row + 1]!).toBeCloseTo(isEmpty(row < 6 ? row % 3 : 3) ? 0 : 1, 6);
  });

  it('gives zeros, and takes no gradient, where a mask hides all keys of a query', async () => {
    const [query, key, value] = [[1, 3, 4], [1, 2, 4], [1, 2, 4]].map((shape) => engine.parameter(engine.tensor(numbers(shape.reduce((a, b) => a * b)), shape)));
    const hidden = -Infinity;
    const options = { heads: 2, mask: engine.tensor([0, 1, hidden, hidden, 0, 0, hidden, hidden, hidden, hidden, 2, 0], [1, 2, 3, 2]) };
    const y = engine.scope(() => {
      const result = attention(query!, key!, value!, options);
      backward(sum(multiply(result, engine.tensor(numbers(12), [1, 3, 4]))));
      return result;
    });
    // Of each query the two numbers of the first head, then those of the second.
    const isEmpty = [false, true, true, true, false, false];
    const [output, dQuery, weights] = await Promise.all([y, query!.gradient!, attentionWeights(query!, key!, options)].map((x) => x.data()));
    output!.forEach((number, i) => (isEmpty[Math.floor(i / 2)]! ? expect(number).toBe(0) : expect(number).not.toBe(0)));
    dQuery!.forEach((number, i) => (isEmpty[Math.floor(i / 2)]! ? expect(number).toBe(0) : expect(number).not.toBe(0)));
    expect(Array.from({ length: 6 }, (_, row) => weights![2 * row]! + weights![2 * row + 1]!)).toEqual([1, 0, 1, 0, 0, 1].map((total) => expect.closeTo(total, 6)));
  });

  it.each<[string, AttentionOptions]>([
    ['causal', { heads: 4, causal: true }],
    ['grouped heads in a window', { heads: 4, keyValueHeads: 2, causal: true, window: 5 }],
  ])('shows the weights that it multiplies the values with: %s', async (_, options) => {
    const width = 4 * (options.heads + 2 * (options.keyValueHeads ?? options.heads));
    const qkv = engine.tensor(numbers(2 * 20 * width), [2, 20, width]);
    const [query, key, value] = split(qkv, options);
    const weights = attentionWeights(query, key, options);
    expect(weights.shape).toEqual([2, 4, 20, 20]);
    const group = options.heads / (options.keyValueHeads ?? options.heads);
    const values = permute(reshape(value, [2, 20, -1, 4]), [0, 2, 1, 3]);
    const output = await selfAttention(qkv, options).data();
    for (let head = 0; head < 4; head++) {
      const mixed = matmul(slice(weights, 1, head, 1), slice(values, 1, Math.floor(head / group), 1));
      const expected = await reshape(mixed, [2, 20, 4]).data();
      expectClose(await slice(engine.tensor(output, [2, 20, 16]), -1, 4 * head, 4).data(), expected, 2e-6);
    }
  });

  it('of three tensors and of one with all side by side is the same', async () => {
    const options: AttentionOptions = { heads: 4, keyValueHeads: 2, causal: true, window: 30, segments: engine.tensor(Array.from({ length: 160 }, (_, i) => Math.floor(i / 23)), [2, 80], 'int32') };
    const qkv = engine.parameter(engine.tensor(numbers(2 * 80 * 40), [2, 80, 40]));
    const weights = engine.tensor(numbers(2 * 80 * 20), [2, 80, 20]);
    const results: ArrayLike<number>[][] = [];
    for (const run of [() => selfAttention(qkv, options), () => attention(...split(qkv, options), options)]) {
      const y = engine.scope(() => {
        const result = run();
        backward(sum(multiply(result, weights)));
        return result;
      });
      results.push([await y.data(), await qkv.gradient!.data()]);
      qkv.gradient!.dispose();
      qkv.gradient = null;
    }
    expect(results[1]).toEqual(results[0]);
  });

  it('takes other masks at each replay of a captured step', async () => {
    const qkv = engine.parameter(engine.tensor(numbers(2 * 9 * 12), [2, 9, 12]));
    const outputWeights = engine.tensor(numbers(2 * 9 * 4), [2, 9, 4]);
    const keyRanges = engine.tensor([0, 9, 0, 9], [2, 2], 'int32');
    const segments = engine.tensor(new Array<number>(18).fill(0), [2, 9], 'int32');
    const step = (): { y: Tensor; dqkv: Tensor } => {
      const y = selfAttention(qkv, { heads: 2, causal: true, keyRanges, segments });
      backward(sum(multiply(y, outputWeights)));
      const dqkv = engine.alias(qkv.gradient!);
      qkv.gradient!.dispose();
      qkv.gradient = null;
      return { y, dqkv };
    };
    const plan = compileStep(engine, step);
    const outputs: ArrayLike<number>[] = [];
    for (const [ranges, examples] of [[[0, 9, 0, 9], [0, 0, 0, 0, 0, 0, 0, 0, 0]], [[2, 7, 1, 1], [0, 0, 1, 1, 1, 2, 2, 2, 2]]] as const) {
      keyRanges.set(ranges);
      segments.set([...examples, ...examples]);
      const { y, dqkv } = plan.replay();
      const eager = engine.scope(step);
      expect(await y.data()).toEqual(await eager.y.data());
      expect(await dqkv.data()).toEqual(await eager.dqkv.data());
      outputs.push(await y.data());
    }
    expect(outputs[0]).not.toEqual(outputs[1]);
    plan.dispose();
  });

  it.each<[string, AttentionOptions, readonly number[], number]>([
    ['causal', { heads: 2, causal: true }, [12, 1, 1, 3, 8], 5],
    ['grouped heads', { heads: 6, keyValueHeads: 2, causal: true }, [7, 7, 1], 8],
    ['grouped heads in a window', { heads: 4, keyValueHeads: 1, causal: true, window: 6 }, [20, 1, 2, 9], 4],
    ['a window shorter than a piece', { heads: 2, causal: true, window: 3 }, [70, 70, 1], 8],
  ])('continues from a cache as if it had run over everything: %s', async (_, options, counts, headSize) => {
    const { heads, keyValueHeads = heads } = options;
    const [time, columns] = [counts.reduce((a, b) => a + b), (heads + 2 * keyValueHeads) * headSize];
    // Two sequences of the same length, in places 2 and 0 of a cache for three. The second one gets its positions the other way round, so
    // that in each step both have their own numbers of them.
    const qkv = engine.tensor(numbers(2 * time * columns), [2, time, columns]);
    const alibiSlopes = options.window ? engine.tensor(Float32Array.from({ length: heads }, (_, head) => 0.5 / (head + 1))) : undefined;
    const whole = selfAttention(qkv, { ...options, ...(alibiSlopes && { alibiSlopes }) });
    const [sequences, capacity] = [3, time + 3];
    const cache = engine.full([sequences, capacity, 2 * keyValueHeads * headSize], 99);
    const pasts = [0, 0];
    for (let step = 0; step < counts.length; step++) {
      const taken = [counts[step]!, counts[counts.length - 1 - step]!];
      const places = cachePlaces(engine, taken.map((count, b) => ({ sequence: [2, 0][b]!, past: pasts[b]!, count })), { sequences, capacity });
      const rowsOf = (x: Tensor): Tensor => concatenate(taken.map((count, b) => slice(slice(x, 0, b, 1), 1, pasts[b]!, count)), 1);
      const y = cachedAttention(rowsOf(qkv), cache, places, { ...options, ...(alibiSlopes && { alibiSlopes }) });
      expectClose(await y.data(), await rowsOf(whole).data(), 3e-6);
      taken.forEach((count, b) => (pasts[b]! += count));
    }
    expect((await slice(cache, 0, 1, 1).data()).every((number) => number === 99)).toBe(true);
  });
});

/** Query, key and value as tensors of their own. */
function split(qkv: Tensor, { heads, keyValueHeads = heads }: AttentionOptions): [Tensor, Tensor, Tensor] {
  const headSize = qkv.shape[2]! / (heads + 2 * keyValueHeads);
  const [width, keyWidth] = [heads * headSize, keyValueHeads * headSize];
  return [slice(qkv, -1, 0, width), slice(qkv, -1, width, keyWidth), slice(qkv, -1, width + keyWidth, keyWidth)];
}
