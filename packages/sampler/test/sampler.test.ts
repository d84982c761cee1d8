import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as api from '../src/index.js';
import { Random, distribution, huggingFace, Sampler, sampleToken, type Stage } from '../src/index.js';
import * as stages from '../src/stages/index.js';
import { logitsArbitrary, sum } from './arbitraries.js';

const logits = Float32Array.of(2, -1, 0.5, 1.5, -Infinity, 0, 1.5, -3);
const history = { ids: [0, 3, 3, 6, 0, 3], promptLength: 2 };
const chained = [
  stages.temperature(0.7), stages.dynamicTemperature({ low: 0.5, high: 2 }), stages.topH(0.6), stages.topK(3), stages.topP(0.8), stages.minP(0.1), stages.typical(0.8),
  stages.epsilonCutoff(0.05), stages.etaCutoff(0.2), stages.topNSigma(1), stages.tailFree(0.8), stages.pLess(), stages.mirostat1({ mu: 2 }),
];

describe('stages', () => {
  it('work in the order in which they stand', () => {
    const first = new Sampler([stages.topK(2), stages.suppressTokens([0])], { seed: 0 }).distribution(logits);
    const second = new Sampler([stages.suppressTokens([0]), stages.topK(2)], { seed: 0 }).distribution(logits);
    expect([...first.keys()].filter((id) => first[id] > 0)).toEqual([3, 6]);
    expect([...second.keys()].filter((id) => second[id] > 0)).toEqual([3, 6]);
    const reversed = new Sampler([stages.topK(1), stages.logitBias({ 1: 9 })], { seed: 0 }).distribution(logits);
    expect(reversed[0]).toBe(1);
    expect(new Sampler([stages.logitBias({ 1: 9 }), stages.topK(1)], { seed: 0 }).distribution(logits)[1]).toBe(1);
  });

  it('top-k keeps exactly k on request', () => {
    const flat = Float32Array.of(1, 3, 3, 3, 0);
    const remaining = (ties: 'keep' | 'lowestIds'): number[] => new Sampler([stages.topK(2, { ties })], { seed: 0 }).explain(flat).stages[1].tokens.map(({ id }) => id);
    expect(remaining('keep')).toEqual([1, 2, 3]);
    expect(remaining('lowestIds')).toEqual([1, 2]);
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 45 }), (values, k) => {
        const order = values.map((_, id) => id).sort((a, b) => values[b] - values[a] || a - b);
        const p = new Sampler([stages.topK(k, { ties: 'lowestIds' })], { seed: 0 }).distribution(Float32Array.from(values));
        expect([...p.keys()].filter((id) => p[id] > 0)).toEqual(order.slice(0, k).sort((a, b) => a - b));
      }),
    );
  });
});

describe('Sampler', () => {
  it('draws as sampleToken does with the same options', () => {
    const options = { temperature: 0.8, topK: 5, topP: 0.9, minP: 0.02, repetitionPenalty: 1.2 };
    const sampler = new Sampler(huggingFace(options), { seed: 11 });
    const random = new Random(11);
    for (let i = 0; i < 200; i++) expect(sampler.sample(logits, history)).toBe(sampleToken(logits, { ...options, random, history }));
  });

  it('gives distributions that sum to one, for any chain', () => {
    const chain = fc.subarray(chained, { minLength: 1 }).chain((some) => fc.shuffledSubarray(some, { minLength: some.length }));
    fc.assert(
      fc.property(logitsArbitrary, chain, (logits, some) => {
        const p = new Sampler(some, { seed: 1 }).distribution(logits);
        expect(Math.abs(sum(p) - 1)).toBeLessThan(1e-5);
        logits.forEach((logit, id) => logit === -Infinity && expect(p[id]).toBe(0));
      }),
    );
  });

  it('uses one number per token, and none for what it only shows', () => {
    const sampler = new Sampler([stages.topK(4)], { seed: 3 });
    const plain = Array.from({ length: 20 }, () => sampler.sample(logits));
    const watched = new Sampler([stages.topK(4)], { seed: 3 });
    const random = new Random(3);
    expect(plain).toEqual(Array.from({ length: 20 }, () => (watched.distribution(logits), watched.explain(logits), watched.sample(logits))));
    for (let i = 0; i < 20; i++) random.uniform();
    expect((sampler.random as api.Random).state).toEqual(random.state);
  });

  it('shows without using up numbers of a generator of another copy of the class, as that of @kk/nn-core is', () => {
    const own = new Random(3);
    const foreign = { uniform: () => own.uniform(), get state() { return own.state; } };
    const sampler = new Sampler([stages.xtc({ probability: 0.5, threshold: 0.1 })], { random: foreign });
    const { state } = own;
    sampler.explain(logits);
    expect(own.state).toEqual(state);
    sampler.sample(logits);
    expect(own.state).not.toEqual(state);
  });

  it('shares its chance with stages that need it: one seed repeats all', () => {
    const text = (seed: number): number[] => {
      const sampler = new Sampler([stages.xtc({ probability: 0.5, threshold: 0.1 }), stages.temperature(2)], { seed });
      return Array.from({ length: 50 }, () => sampler.sample(logits));
    };
    expect(text(5)).toEqual(text(5));
    expect(text(5)).not.toEqual(text(6));
    // What distribution() shows is what the next sample() meets.
    const sampler = new Sampler([stages.xtc({ probability: 0.5, threshold: 0.1 })], { seed: 5 });
    for (let i = 0; i < 50; i++) {
      const p = sampler.distribution(logits);
      expect(p[sampler.sample(logits)]).toBeGreaterThan(0);
    }
  });

  it('forks: both go on from the same point, and then without each other', () => {
    const sampler = new Sampler([stages.mirostat2({ tau: 1, eta: 0.5 })], { seed: 9 });
    const step = (one: Sampler): number => {
      const id = one.sample(logits);
      one.accept(id);
      return id;
    };
    step(sampler);
    const copy = sampler.fork();
    const other = sampler.fork({ seed: 10 });
    const future = Array.from({ length: 30 }, () => step(sampler));
    expect(Array.from({ length: 30 }, () => step(copy))).toEqual(future);
    expect(Array.from({ length: 30 }, () => step(other))).not.toEqual(future);
  });

  it('lets a stage of somebody else sample, and recovers from one that throws', () => {
    const nested: Stage = { name: 'nested', apply: (candidates) => candidates.forbid(sampleToken(Float32Array.of(0, 9, 0), { temperature: 0, random: new Random(0) })) };
    expect(new Sampler([nested], { seed: 0 }).distribution(Float32Array.of(1, 1, 1))[1]).toBe(0);
    const broken: Stage = { name: 'broken', apply: () => { throw new Error('no luck'); } };
    expect(() => new Sampler([broken]).sample(logits)).toThrow('no luck');
    expect(distribution(logits)[0]).toBeGreaterThan(0);
  });

  it('refuses a seed beside a source, and an unknown way to draw', () => {
    expect(() => new Sampler([], { seed: 1, random: new Random(1) })).toThrow('give a seed or a random source, not both');
    expect(() => new Sampler([], { draw: 'dice' as 'gumbel' })).toThrow(`draw must be 'inverse' or 'gumbel', got "dice"`);
    expect(() => new Sampler([], { seed: -1 })).toThrow('seed is');
  });
});

describe('mirostat in a sampler', () => {
  it.each([1, 2] as const)('version %i holds the surprise that was asked for', (version) => {
    const zipf = Float32Array.from({ length: 2000 }, (_, rank) => -1.1 * Math.log(rank + 1));
    const stage = version === 1 ? stages.mirostat1({ tau: 4 }) : stages.mirostat2({ tau: 4 });
    const sampler = new Sampler([stage], { seed: 4 });
    let bits = 0;
    for (let i = 0; i < 1500; i++) {
      const p = sampler.distribution(zipf);
      const id = sampler.sample(zipf);
      sampler.accept(id);
      if (i >= 500) bits -= Math.log2(p[id]);
    }
    expect(Math.abs(bits / 1000 - 4)).toBeLessThan(0.15);
  });

  it('moves its limit by the error of the last token', () => {
    const stage = stages.mirostat2({ tau: 3, eta: 0.5 });
    const sampler = new Sampler([stage], { random: { uniform: () => 0 } });
    expect(stage.mu).toBe(6);
    const id = sampler.sample(new Float32Array(16));
    sampler.accept(id);
    // 16 equal tokens: 4 bits, one too many.
    expect(stage.mu).toBe(5.5);
    sampler.accept(id);
    expect(stage.mu).toBe(5.5);
  });
});

describe('Gumbel-max', () => {
  it('follows the same distribution (chi-square below its 0.1 % point)', () => {
    const chain = [stages.temperature(1.3), stages.topP(0.97)];
    const sampler = new Sampler(chain, { seed: 1958, draw: 'gumbel' });
    const draws = 60_000;
    const counts = new Array<number>(logits.length).fill(0);
    for (let i = 0; i < draws; i++) counts[sampler.sample(logits)]++;
    const expected = sampler.distribution(logits);
    let chiSquare = 0;
    counts.forEach((count, id) => {
      if (expected[id] === 0) expect(count).toBe(0);
      else chiSquare += (count - draws * expected[id]) ** 2 / (draws * expected[id]);
    });
    expect([...expected].filter((p) => p > 0)).toHaveLength(6);
    expect(chiSquare).toBeLessThan(20.52);
  });

  it('is the largest of logit - ln(-ln u), a u for every possible token in the order of ids', () => {
    const numbers = [0.9, 0.1, 0.5];
    let used = 0;
    const random = { uniform: () => numbers[used++] };
    const sampler = new Sampler([], { random, draw: 'gumbel' });
    // 0.9 adds 2.25, 0.1 adds -0.83, 0.5 adds 0.37: 2.25, 0.17, 2.37.
    expect(sampler.sample(Float32Array.of(0, -Infinity, 1, 2))).toBe(3);
    expect(used).toBe(3);
    expect(new Sampler([], { random: { uniform: () => 0 }, draw: 'gumbel' }).sample(Float32Array.of(-Infinity, 1, 1))).toBe(1);
  });
});
