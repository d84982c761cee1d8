import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random, Sampler, distribution, greedy, huggingFace, sampleToken, softmax, temperature, topK, topP } from '../src/index.js';
import * as stages from '../src/stages/index.js';
import { keptBy, logitsArbitrary, optionsArbitrary, sum } from './arbitraries.js';

const logits = Float32Array.of(2, -1, 0.5, 1.5, -Infinity, 0, 1.5, -3);
const alone = { temperature: () => stages.temperature(0.5), topK: () => stages.topK(3), topP: () => stages.topP(0.5), minP: () => stages.minP(0.4), typicalP: () => stages.typical(0.6) };
const point = (chance: number) => ({ uniform: () => chance });

describe('distribution', () => {
  it('sums to one over at least one token, and gives 0 to impossible ones', () => {
    fc.assert(
      fc.property(logitsArbitrary, optionsArbitrary, (logits, options) => {
        const probabilities = distribution(logits, options);
        expect(Math.abs(sum(probabilities) - 1)).toBeLessThan(1e-5);
        expect(probabilities[greedy(logits)]).toBe(Math.max(...probabilities));
        logits.forEach((logit, id) => logit === -Infinity && expect(probabilities[id]).toBe(0));
      }),
    );
  });

  it('is softmax after temperature, top-k and top-p in this order', () => {
    fc.assert(
      // Logits on a grid and temperatures that are powers of two: nothing is rounded on the way, so that no edge moves.
      fc.property(
        fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 100 }).map((values) => Float32Array.from(values, (value) => value / 8)),
        fc.record({ temperature: fc.constantFrom(0, 0.25, 0.5, 1, 2, 4), topK: fc.integer({ min: 1, max: 110 }), topP: fc.double({ min: 0, max: 1, noNaN: true }) }),
        (logits, options) => {
          const stepwise = softmax(topP(topK(temperature(logits, options.temperature), options.topK), options.topP));
          const atOnce = distribution(logits, options);
          stepwise.forEach((p, id) => expect(Math.abs(p - atOnce[id])).toBeLessThan(1e-6));
        },
      ),
    );
  });

  it('without options is softmax', () => {
    softmax(logits).forEach((p, id) => expect(distribution(logits)[id]).toBeCloseTo(p, 6));
  });

  it('the order matters: temperature decides how far top-p reaches', () => {
    const even = Float32Array.of(0, -1, -2, -3);
    expect(keptBy(distribution(even, { topP: 0.7 }).map(Math.log))).toEqual([0, 1]);
    expect(keptBy(distribution(even, { topP: 0.7, temperature: 10 }).map(Math.log))).toEqual([0, 1, 2]);
  });
});

describe('sampleToken', () => {
  it('points at the candidates in the order of their ids, each as wide as its probability', () => {
    fc.assert(
      fc.property(logitsArbitrary, optionsArbitrary, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (logits, options, chance) => {
        const probabilities = distribution(logits, options);
        const id = sampleToken(logits, { ...options, random: point(chance) });
        const before = sum(probabilities.subarray(0, id));
        if (options.temperature === 0) expect(id).toBe(greedy(logits));
        else {
          expect(logits[id]).toBeGreaterThan(-Infinity);
          expect(chance).toBeGreaterThanOrEqual(before - 1e-5);
          expect(chance).toBeLessThanOrEqual(before + probabilities[id] + 1e-5);
        }
      }),
    );
  });

  it.each([
    ['plain', {}, 6],
    ['cool', { temperature: 0.5 }, 6],
    ['warm', { temperature: 3 }, 6],
    ['top-k 3', { topK: 3 }, 2],
    ['top-k 4 and top-p 0.8', { topK: 4, topP: 0.8 }, 2],
    ['warm, top-p 0.9', { temperature: 1.5, topP: 0.9 }, 4],
  ])('%s: 60,000 tokens follow the distribution (chi-square below its 0.1 % point)', (_, options, degrees) => {
    const critical = [0, 10.83, 13.82, 16.27, 18.47, 20.52, 22.46][degrees];
    const draws = 60_000;
    const random = new Random(1913);
    const counts = new Array<number>(logits.length).fill(0);
    for (let i = 0; i < draws; i++) counts[sampleToken(logits, { ...options, random })]++;
    const expected = distribution(logits, options);
    expect(expected.filter((p) => p > 0)).toHaveLength(degrees + 1);
    let chiSquare = 0;
    counts.forEach((count, id) => {
      if (expected[id] === 0) expect(count).toBe(0);
      else chiSquare += (count - draws * expected[id]) ** 2 / (draws * expected[id]);
    });
    expect(chiSquare).toBeLessThan(critical);
  });

  it('uses the random source once per token, and not at all at temperature 0', () => {
    let used = 0;
    const random = { uniform: () => (used++, 0.3) };
    sampleToken(logits, { topK: 1, random });
    expect(used).toBe(1);
    sampleToken(logits, { temperature: 0, random });
    expect(used).toBe(1);
  });

  it('never takes a token whose probability is 0, at either end', () => {
    const edges = Float32Array.of(-Infinity, -2000, 0, 0, -2000, -Infinity);
    expect(sampleToken(edges, { random: point(0) })).toBe(2);
    expect(sampleToken(edges, { random: point(1 - 2 ** -53) })).toBe(3);
  });

  it('gives the same tokens whatever was sampled in between', () => {
    const draw = (between: () => void): number[] => {
      const random = new Random(5);
      return Array.from({ length: 20 }, () => (between(), sampleToken(logits, { topP: 0.9, random })));
    };
    const large = Float32Array.from({ length: 1000 }, (_, id) => Math.sin(id));
    expect(draw(() => sampleToken(large, { topK: 40, random: point(0.5) }))).toEqual(draw(() => undefined));
  });

  it('allows a random source that itself samples', () => {
    const nested = { uniform: () => sampleToken(new Float32Array(4), { random: point(0.6) }) / 4 };
    expect(sampleToken(logits, { random: nested })).toBe(sampleToken(logits, { random: point(0.5) }));
  });

  it('leaves the logits alone', () => {
    const before = logits.slice();
    sampleToken(logits, { temperature: 0.3, topK: 2, topP: 0.5, random: point(0.5) });
    expect(logits).toEqual(before);
  });

  it('takes the options of each call, whatever those of the last call were named', () => {
    const values = { temperature: 0.5, topK: 3, topP: 0.5, minP: 0.4, typicalP: 0.6 };
    const names = Object.keys(values) as (keyof typeof values)[];
    const calls = fc.array(fc.record({ order: fc.shuffledSubarray(names), absent: fc.option(fc.constantFrom(...names)), inherits: fc.boolean() }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(calls, (list) => {
        for (const { order, absent, inherits } of list) {
          const options = Object.fromEntries(order.map((name) => [name, name === absent ? undefined : values[name]]));
          const given = names.filter((name) => order.includes(name) && name !== absent); // names stand in the order of the stages
          const random = point(0.7);
          const expected = new Sampler(given.map((name) => alone[name]()), { random }).sample(logits);
          expect(sampleToken(logits, inherits ? Object.assign(Object.create(options) as object, { random }) : { ...options, random })).toBe(expected);
          expect(huggingFace(options).map((stage) => stage.name)).toEqual(given.map((name) => alone[name]().name));
          expect(() => sampleToken(logits, { ...options, random, tempratur: 1 } as never)).toThrow("unknown option 'tempratur'");
        }
      }),
    );
  });

  it('names an option that is out of range, and a random source that is none', () => {
    const random = new Random(1);
    expect(() => sampleToken(logits, { temperature: -1, random })).toThrow('temperature must be a finite number from 0');
    expect(() => sampleToken(logits, { topK: 0, random })).toThrow('topK must be an integer from 1, got 0');
    expect(() => sampleToken(logits, { topP: 2, random })).toThrow('topP must be a number from 0 to 1, got 2');
    expect(() => sampleToken(logits, { random: point(1) })).toThrow('random.uniform() must give numbers from 0 to below 1, got 1');
    expect(() => sampleToken(logits, { random: point(NaN) })).toThrow('got NaN');
  });
});
