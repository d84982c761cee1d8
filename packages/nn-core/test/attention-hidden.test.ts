// What a query does not see has no influence on it: NaN and infinities in hidden keys and values stay out of its output and out of
// the gradients, and those that are seen show. The cpu backend in double precision says which is which.
import { describe, expect, it } from 'vitest';
import { attention, backward, cachedAttention, cachePlaces, init, multiply, Random, reshape, selfAttention, slice, sum, type AttentionOptions, type Engine, type TypedArray } from '../src/index.js';

const [BATCH, TIME, HEAD_SIZE] = [2, 75, 5]; // more than a chunk of 64 keys, and the last panel of eight queries is not full
const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['wasm with relaxed multiply-add', () => init('wasm', { relaxed: true, threads: 1 })],
  ['wasm without', () => init('wasm', { relaxed: false, threads: 1 })],
  ['wasm on 2 threads', () => init('wasm', { threads: 2 })],
];

type Masks = (engine: Engine) => Partial<AttentionOptions>;
const segments: Masks = (engine) => ({ segments: engine.tensor(Array.from({ length: BATCH * TIME }, (_, i) => Math.floor((i % TIME) / 23)), [BATCH, TIME], 'int32') });
const keyRanges: Masks = (engine) => ({ keyRanges: engine.tensor([11, 70, 0, 61], [BATCH, 2], 'int32') });
// Most keys are hidden from all queries: those that the tests spoil are seen by some, or by none.
const mask: Masks = (engine) => ({ mask: engine.tensor(Float32Array.from({ length: TIME * TIME }, (_, i) => ((i % TIME) % 3 === 2 ? Math.sin(i) : (i * 7) % 11 < 9 ? -Infinity : 0.5)), [1, 1, TIME, TIME]) });
const masks: [string, Masks][] = [
  ['causal', () => ({ causal: true })],
  ['a window', () => ({ causal: true, window: 4 })],
  ['a window to both sides', () => ({ window: 9 })],
  ['filler', keyRanges],
  ['causal with filler', (engine) => ({ causal: true, ...keyRanges(engine) })],
  ['packed examples', segments],
  ['a mask', mask],
  ['causal with a mask and ALiBi', (engine) => ({ causal: true, alibiSlopes: engine.tensor([0.5, 0.25]), ...mask(engine) })],
  ['causal with prefixes', (engine) => ({ causal: true, prefixLengths: engine.tensor([40, 3], [BATCH], 'int32') })],
  ['causal packed examples with shared heads', (engine) => ({ causal: true, keyValueHeads: 1, ...segments(engine) })],
];

function expectSame(actual: TypedArray, expected: TypedArray, what: string): void {
  for (let i = 0; i < expected.length; i++) {
    const [got, wanted] = [actual[i]!, expected[i]!];
    const isSame = Number.isFinite(wanted) ? Math.abs(got - wanted) < 1e-5 : Object.is(got, wanted);
    if (!isSame) expect.fail(`${what}, element ${i}: ${got} instead of ${wanted}`);
  }
}

/** Numbers with some rows replaced by `spoiled`. */
function rows(random: Random, width: number, places: readonly number[], spoiled: number): Float32Array {
  const numbers = Float32Array.from({ length: BATCH * TIME * width }, () => random.normal());
  for (const row of places) numbers.fill(spoiled, row * width, row * width + width);
  return numbers;
}

describe.each(devices)('attention on %s', async (_, make) => {
  const engine = await make();
  const reference = await init('cpu', { precision: 'float64' });

  describe.each(masks)('%s', (_, masksOn) => {
    it.each([
      ['NaN in keys', 'key', NaN],
      ['NaN in values', 'value', NaN],
      ['infinity in values', 'value', Infinity],
      ['NaN in queries', 'query', NaN],
      ['NaN in the gradient of the output', 'dy', NaN],
    ] as const)('%s', async (_, where, spoiled) => {
      // The last position, one in the middle, and the first: hidden from some queries, or from all.
      for (const places of [[TIME - 1, TIME + 73], [33], [0, TIME + 2]]) {
        const run = async (on: Engine): Promise<TypedArray[]> => {
          const random = new Random(4);
          const options: AttentionOptions = { heads: 2, ...masksOn(on) };
          const width = 2 * HEAD_SIZE;
          const keyWidth = (options.keyValueHeads ?? 2) * HEAD_SIZE;
          const of = (name: string, columns: number) => on.tensor(rows(random, columns, name === where ? places : [], spoiled), [BATCH, TIME, columns]);
          const inputs = [of('query', width), of('key', keyWidth), of('value', keyWidth)].map((tensor) => on.parameter(tensor));
          const dy = of('dy', width);
          const y = on.scope(() => {
            const output = attention(inputs[0]!, inputs[1]!, inputs[2]!, options);
            backward(sum(multiply(output, dy)));
            return output;
          });
          return Promise.all([y, ...inputs.map((input) => input.gradient!)].map((tensor) => tensor.data()));
        };
        const [actual, expected] = [await run(engine), await run(reference)];
        ['y', 'gradient of the queries', 'gradient of the keys', 'gradient of the values'].forEach((what, i) => expectSame(actual[i]!, expected[i]!, `${what}, spoiled at ${places.join()}`));
      }
    });
  });

  it('NaN in positions of one sequence, continued from a cache with another one', async () => {
    const run = async (on: Engine): Promise<TypedArray[]> => {
      const qkv = on.tensor(rows(new Random(5), 30, [2, TIME + 40], NaN), [BATCH, TIME, 30]);
      const cache = on.zeros([BATCH, TIME, 20]);
      const outputs: TypedArray[] = [];
      for (const [past, count] of [[0, 1], [1, 40], [41, TIME - 41]] as const) {
        const places = cachePlaces(on, [0, 1].map((sequence) => ({ sequence, past, count })), { sequences: BATCH, capacity: TIME });
        outputs.push(await cachedAttention(reshape(slice(qkv, 1, past, count), [1, 2 * count, 30]), cache, places, { heads: 2, window: 9 }).data());
      }
      return outputs;
    };
    const [actual, expected] = [await run(engine), await run(reference)];
    expected.forEach((wanted, i) => expectSame(actual[i]!, wanted, `piece ${i}`));
  });

  it('scores so large that float32 leaves hundreds between its numbers', async () => {
    // All keys are the same, so each of the n that a query sees has the weight 1 / n, whatever the score is rounded to.
    const [query, key] = [123456.7, 87654.3];
    const qkv = engine.parameter(engine.tensor(Array.from({ length: 12 }, (_, i) => [query, key, Math.sin(i)]).flat(), [1, 12, 3]));
    engine.scope(() => backward(sum(selfAttention(qkv, { heads: 1, causal: true }))));
    const gradient = await qkv.gradient!.data();
    for (let position = 0; position < 12; position++) {
      let expected = 0; // each query from here on gives its weight
      for (let n = position + 1; n <= 12; n++) expected += 1 / n;
      expect(gradient[3 * position + 2]).toBeCloseTo(expected, 5);
    }
  });
});
