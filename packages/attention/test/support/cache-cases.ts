// The cache of several sequences on any backend: unequal lengths, forks, cuts, eviction, and what it refuses.
import { Random, type CachePlaces, type Engine } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { KeyValueCache, MultiHeadAttention, RotaryPositions, type CachedSequence } from '../../src/index.js';

const [WIDTH, HEADS, KEY_HEADS, HEAD_SIZE, CAPACITY] = [12, 4, 2, 6, 16];

/** One layer with a cache for three sequences, and texts of random vectors. */
function setUp(engine: Engine, window = 0) {
  const random = new Random(1);
  const rotary = new RotaryPositions(engine, { headSize: HEAD_SIZE, contextLength: CAPACITY });
  const layer = new MultiHeadAttention(engine, { width: WIDTH, heads: HEADS, keyValueHeads: KEY_HEADS, headSize: HEAD_SIZE, causal: true, window, rotary, deviation: 0.8, projectionDeviation: 0.8 }, random);
  const cache = new KeyValueCache(engine, { layers: 1, sequences: 3, capacity: CAPACITY, width: KEY_HEADS * HEAD_SIZE, rotary });
  const text = (length: number): number[] => Array.from({ length: length * WIDTH }, () => random.normal());
  const whole = async (values: number[]): Promise<number[]> => [...(await engine.scope(() => engine.noGradient(() => layer.forward(engine.tensor(values, [1, values.length / WIDTH, WIDTH])))).data())];
  /** Appends values to each sequence, in one step, and returns the outputs of each. */
  const step = async (...parts: [sequence: CachedSequence, values: number[]][]): Promise<number[][]> => {
    const counts = parts.map(([sequence, values]) => ({ sequence, count: values.length / WIDTH }));
    const y = engine.scope(() => engine.noGradient(() => layer.forwardCached(engine.tensor(parts.flatMap(([, values]) => values), [1, counts.reduce((sum, { count }) => sum + count, 0), WIDTH]), cache.layers[0]!, cache.places(counts))));
    for (const { sequence, count } of counts) sequence.advance(count);
    const numbers = [...(await y.data())];
    return counts.map(({ count }) => numbers.splice(0, count * WIDTH));
  };
  return { layer, cache, text, whole, step };
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 3e-5): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((number, i) => expect(Math.abs(actual[i]! - number), `element ${i}`).toBeLessThan(tolerance));
}

const lastRow = (numbers: number[]): number[] => numbers.slice(-WIDTH);

export function cacheTests(name: string, make: () => Promise<Engine>): void {
  describe(`a cache of several sequences on ${name}`, async () => {
    const engine = await make();

    it.each([0, 4])('gives each of unequal sequences what it gets alone and without a cache: window %i', async (window) => {
      const { cache, text, whole, step } = setUp(engine, window);
      const texts = [text(12), text(9), text(1)];
      const [first, second, third] = [cache.add(), cache.add(), cache.add()];
      const part = (i: number, from: number, to: number): number[] => texts[i]!.slice(from * WIDTH, to * WIDTH);
      const outputs: number[][] = [[], [], []];
      const take = (i: number, numbers: number[]): void => void outputs[i]!.push(...numbers);
      take(0, (await step([first, part(0, 0, 8)]))[0]!);
      const joined = await step([second, part(1, 0, 3)], [first, part(0, 8, 9)]);
      take(1, joined[0]!);
      take(0, joined[1]!);
      const all = await step([first, part(0, 9, 12)], [third, part(2, 0, 1)], [second, part(1, 3, 9)]);
      [0, 2, 1].forEach((i, at) => take(i, all[at]!));
      for (const [i, values] of texts.entries()) expectClose(outputs[i]!, await whole(values));
    });

    it('forks: both go on as if each had read everything itself', async () => {
      const { cache, text, whole, step } = setUp(engine);
      const [prompt, one, other] = [text(7), text(2), text(3)];
      const sequence = cache.add();
      await step([sequence, prompt]);
      const fork = sequence.fork();
      const early = sequence.fork(4);
      expect([fork.length, early.length, cache.room]).toEqual([7, 4, 0]);
      const [a, b, c] = await step([sequence, one], [fork, other], [early, other]);
      expectClose(a!, (await whole([...prompt, ...one])).slice(7 * WIDTH));
      expectClose(b!, (await whole([...prompt, ...other])).slice(7 * WIDTH));
      expectClose(c!, (await whole([...prompt.slice(0, 4 * WIDTH), ...other])).slice(4 * WIDTH));
      fork.dispose();
      fork.dispose(); // a second time changes nothing
      expect(cache.room).toBe(1);
      expect(cache.add().length).toBe(0);
    });

    it('truncates, and overwrites what was cut off', async () => {
      const { cache, text, whole, step } = setUp(engine);
      const [kept, cut, next] = [text(5), text(4), text(2)];
      const sequence = cache.add();
      await step([sequence, [...kept, ...cut]]);
      sequence.truncate(5);
      expectClose((await step([sequence, next]))[0]!, (await whole([...kept, ...next])).slice(5 * WIDTH));
    });

    it('refuses places of a sequence that has changed, and writes nothing', async () => {
      const { layer, cache, text, whole, step } = setUp(engine);
      const attend = (rows: number, places: CachePlaces) => engine.scope(() => engine.noGradient(() => layer.forwardCached(engine.tensor(text(rows), [1, rows, WIDTH]), cache.layers[0]!, places)));
      const [gone, other] = [cache.add(), cache.add()];
      const stale = cache.places([{ sequence: other, count: 1 }, { sequence: gone, count: 2 }]);
      gone.dispose();
      const heir = cache.add();
      expect(heir.number).toBe(gone.number);
      const [beginning, next] = [text(3), text(1)];
      await step([heir, beginning]);
      expect(() => attend(3, stale)).toThrow('this sequence was disposed of');
      const early = cache.places([{ sequence: heir, count: 1 }]);
      heir.advance(1);
      heir.truncate(2);
      expect(() => attend(1, early)).toThrow('these places follow 3 positions of a sequence that has 2 now: make new ones with places()');
      heir.advance(1);
      expectClose((await step([heir, next]))[0]!, (await whole([...beginning, ...next])).slice(3 * WIDTH));
    });

    // One layer reads its keys and values from the vectors alone, so here eviction gives exactly what the shorter text gives. In a model of
    // several layers the upper ones have seen the evicted positions: that is why it is called approximate.
    it('evicts positions and turns the keys behind to their new places', async () => {
      const { cache, text, whole, step } = setUp(engine);
      const [sink, evicted, kept, next] = [text(2), text(5), text(6), text(3)];
      const sequence = cache.add();
      await step([sequence, [...sink, ...evicted, ...kept]]);
      expect(sequence.isApproximate).toBe(false);
      sequence.evict(5, { keep: 2 });
      expect([sequence.length, sequence.isApproximate, sequence.fork().isApproximate]).toEqual([8, true, true]);
      const [y] = await step([sequence, next]);
      expectClose(lastRow(y!), lastRow(await whole([...sink, ...kept, ...next])), 2e-5);
      sequence.truncate(0);
      expect(sequence.isApproximate).toBe(false);
    });

    it('says how much memory it takes, and refuses what cannot be', () => {
      const options = { layers: 2, sequences: 3, capacity: 5, width: 4 };
      const cache = new KeyValueCache(engine, options);
      expect(cache.bytes).toBe(2 * 3 * 5 * 4 * 2 * 4);
      const before = engine.memory().bytes;
      new KeyValueCache(engine, options).dispose();
      expect(engine.memory().bytes).toBe(before);
      expect(() => new KeyValueCache(engine, { ...options, capacity: 0 })).toThrow('capacity is 0; expected a whole number of at least 1');
      const [a, b] = [cache.add(), cache.add()];
      const last = cache.add();
      expect(() => cache.add()).toThrow('all 3 sequences are in use: dispose of one first');
      last.dispose();
      expect(() => last.truncate(0)).toThrow('was disposed of');
      a.advance(3);
      expect(() => a.advance(3)).toThrow('cannot advance from 3 positions by 3; the cache holds 5');
      expect(() => a.truncate(4)).toThrow('cannot shorten 3 positions to 4');
      expect(() => a.fork(4)).toThrow('cannot fork the first 4 of 3 positions');
      expect(() => a.evict(2, { keep: 2 })).toThrow('cannot keep 2 and remove 2 of 3 positions');
      expect(() => a.evict(1, { kep: 2 } as never)).toThrow("CachedSequence.evict: unknown option 'kep', did you mean 'keep'");
      expect(() => new KeyValueCache(engine, { ...options, sequence: 3 } as never)).toThrow("KeyValueCache: unknown option 'sequence', did you mean 'sequences'");
      expect(() => new KeyValueCache(engine, { ...options, sequences: 1e9 })).toThrow('1000000000 sequences of 5 positions and width 4 take 160000000000 bytes in each layer, 320000000000 in all 2; a layer can have at most 8589934588: choose fewer sequences or a smaller capacity.');
      expect(() => a.evict(1)).toThrow('can be evicted only where they are rotary');
      expect(() => cache.places([{ sequence: a, count: 1 }, { sequence: a, count: 1 }])).toThrow('sequence 0 comes twice');
      expect(() => cache.places([{ sequence: b, count: 6 }])).toThrow('the cache holds 5');
      expect(() => new KeyValueCache(engine, options).places([{ sequence: b, count: 1 }])).toThrow('belongs to another cache');
    });
  });
}
