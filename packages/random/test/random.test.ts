// The generator on top of Philox: its bits, its state, its distributions (fixed seeds, so these tests never flicker).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { philox4x32 } from '../src/philox.js';
import { freshSeed, Random } from '../src/random.js';

const many = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

/** Pearson's chi-square of counts that are all expected to be equal. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.reduce((total, count) => total + (count - expected) ** 2 / expected, 0);
}

function countsOf(values: readonly number[], bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[value]++;
  return counts;
}

/** The mean of the values' powers. */
const moment = (values: readonly number[], power: number): number => values.reduce((total, value) => total + value ** power, 0) / values.length;

describe('which words are drawn', () => {
  it('uniform takes 27 bits of one word and 26 of the next', () => {
    const [first, second, third, fourth] = philox4x32([0, 0, 0, 0], [0, 0]);
    const random = new Random(0);
    expect(random.uniform()).toBe((Math.floor(first / 32) * 2 ** 26 + Math.floor(second / 64)) / 2 ** 53);
    expect(random.uniform()).toBe((Math.floor(third / 32) * 2 ** 26 + Math.floor(fourth / 64)) / 2 ** 53);
  });

  it('seed is the key; position and stream are the counter', () => {
    const random = new Random({ seed: 5 * 2 ** 32 + 7, stream: 3 * 2 ** 32 + 2 }, 4 * (2 ** 32 + 9) + 1);
    const words = philox4x32([9, 1, 2, 3], [7, 5]);
    expect(many(3, () => random.integer(2 ** 32))).toEqual([...words.subarray(1)]);
  });

  it('a stream of its own by number, the first without one', () => {
    expect(new Random({ seed: 1 }).uniform()).toBe(new Random(1).uniform());
    expect(new Random({ seed: 1, stream: 1 }).uniform()).not.toBe(new Random(1).uniform());
  });
});

describe('state', () => {
  type Draw = (random: Random) => unknown;
  const draws: Draw[] = [(r) => r.uniform(), (r) => r.normal(), (r) => r.integer(6), (r) => r.integer(2 ** 40), (r) => [...r.permutation(5)]];
  const sequence = fc.array(fc.constantFrom(...draws), { maxLength: 20 });
  const whole = fc.maxSafeNat();

  it('is plain JSON, and a restored generator goes on exactly', () => {
    fc.assert(
      fc.property(whole, whole, sequence, sequence, (seed, stream, before, after) => {
        const random = new Random({ seed, stream });
        for (const draw of before) draw(random);
        const restored = Random.fromState(JSON.parse(JSON.stringify(random.state)) as Random['state']);
        expect(restored.state).toEqual(random.state);
        for (const draw of after) expect(draw(restored)).toEqual(draw(random));
        expect(restored.state).toEqual(random.state);
      }),
    );
  });

  it('counts words and is a copy', () => {
    const random = new Random(9);
    random.normal();
    random.integer(2);
    const { state } = random;
    random.uniform();
    expect(state).toEqual({ seed: 9, stream: 0, position: 5 });
    expect(random.state.position).toBe(7);
  });
});

describe('forks', () => {
  it('do not depend on what was drawn, and draw other numbers', () => {
    const parent = new Random(11);
    const early = parent.fork(1);
    parent.normal();
    const late = parent.fork(1);
    expect(late.state).toEqual(early.state);
    const generators = [new Random(11), parent.fork(0), parent.fork(1), parent.fork(2), parent.fork(1).fork(1), new Random({ seed: 11, stream: 1 }).fork(1), new Random(12).fork(1)];
    expect(new Set(generators.map((random) => random.uniform())).size).toBe(generators.length);
  });

  it('are uncorrelated with each other and with their parent', () => {
    const count = 20_000;
    const parent = new Random(5);
    const columns = [parent, parent.fork(0), parent.fork(1)].map((random) => many(count, () => random.normal()));
    for (const [a, b] of [[0, 1], [0, 2], [1, 2]]) {
      const correlation = columns[a].reduce((total, value, i) => total + value * columns[b][i], 0) / count;
      expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(count));
    }
  });
});

describe('distributions', () => {
  // Each bound is the 0.999 quantile of chi-square for its degrees of freedom.
  it('uniform fills [0, 1) evenly', () => {
    const random = new Random(1);
    const values = many(100_000, () => random.uniform());
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(chiSquare(countsOf(values.map((value) => Math.floor(value * 100)), 100))).toBeLessThan(148.2);
    expect(Math.abs(moment(values, 1) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 100_000));
  });

  it('successive uniform numbers are independent', () => {
    const random = new Random(2);
    const pairs = many(100_000, () => Math.floor(random.uniform() * 10) * 10 + Math.floor(random.uniform() * 10));
    expect(chiSquare(countsOf(pairs, 100))).toBeLessThan(148.2);
  });

  it('the last bits of uniform are random too', () => {
    const random = new Random(3);
    const lows = many(64_000, () => (random.uniform() * 2 ** 53) % 64);
    expect(chiSquare(countsOf(lows, 64))).toBeLessThan(103.5);
  });

  it('normal has the moments and the quantiles of the normal distribution', () => {
    const count = 200_000;
    const random = new Random(4);
    const values = many(count, () => random.normal());
    // Standard errors of the first four moments: sqrt(1, 2, 15, 96) / sqrt(count).
    expect(Math.abs(moment(values, 1))).toBeLessThan(4 * Math.sqrt(1 / count));
    expect(Math.abs(moment(values, 2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    expect(Math.abs(moment(values, 3))).toBeLessThan(4 * Math.sqrt(15 / count));
    expect(Math.abs(moment(values, 4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count));
    // Deciles of the standard normal distribution.
    const deciles = [-1.2815515655, -0.8416212336, -0.5244005127, -0.2533471031, 0, 0.2533471031, 0.5244005127, 0.8416212336, 1.2815515655];
    expect(chiSquare(countsOf(values.map((value) => deciles.filter((limit) => value >= limit).length), 10))).toBeLessThan(27.88);
    expect(values.filter((value) => Math.abs(value) > 3).length / count).toBeCloseTo(0.0027, 3);
  });

  it('integer is even, also where a plain remainder would not be', () => {
    const random = new Random(5);
    expect(chiSquare(countsOf(many(60_000, () => random.integer(6)), 6))).toBeLessThan(20.52);
    // Of 2^32 words, a remainder by 3 * 2^30 would put half of all values into the first third.
    const thirds = many(30_000, () => Math.floor(random.integer(3 * 2 ** 30) / 2 ** 30));
    expect(chiSquare(countsOf(thirds, 3))).toBeLessThan(13.82);
    const largeThirds = many(30_000, () => Math.floor(random.integer(3 * 2 ** 51) / 2 ** 51));
    expect(chiSquare(countsOf(largeThirds, 3))).toBeLessThan(13.82);
  });

  it('integer of 1 is 0 and costs one word', () => {
    const random = new Random(6);
    expect(random.integer(1)).toBe(0);
    expect(random.state.position).toBe(1);
  });

  it('permutation holds each number once, and every order is equally likely', () => {
    const random = new Random(7);
    expect([...random.permutation(1000)].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    const orders = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.permutation(4).join();
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(24);
    expect(chiSquare([...orders.values()])).toBeLessThan(49.73);
    expect(random.permutation(0)).toEqual(new Uint32Array(0));
  });

  it('fillNormal shifts and widens the numbers that normal draws', () => {
    const expected = new Random(8);
    const array = new Float64Array(5);
    new Random(8).fillNormal(array, 10, 0.5);
    expect([...array]).toEqual(many(5, () => 10 + 0.5 * expected.normal()));
  });
});

describe('bad input', () => {
  it.each([-1, 1.5, NaN, Infinity, 2 ** 53, '7', null, undefined])('refuses %s as seed, stream and position', (value) => {
    const wrong = value as number;
    const range = 'expected a whole number from 0 to 9007199254740991';
    expect(() => new Random(wrong)).toThrow(`Random: seed is ${value}; ${range}`);
    expect(() => Random.fromState({ seed: 1, stream: wrong, position: 0 })).toThrow(`Random: stream is ${value}; ${range}`);
    expect(() => Random.fromState({ seed: 1, stream: 0, position: wrong })).toThrow(`Random: position is ${value}; ${range}`);
    expect(() => new Random(1).fork(wrong)).toThrow(`Random: stream is ${value}; ${range}`);
  });

  it('refuses a state that is none', () => {
    expect(() => Random.fromState(null as never)).toThrow('Random: the state is null; expected the object { seed, stream, position }');
    expect(() => Random.fromState({} as never)).toThrow('Random: seed is undefined');
  });

  it.each([0, -3, 1.5, NaN, 2 ** 53])('refuses integer(%s)', (limit) => {
    expect(() => new Random(1).integer(limit)).toThrow(`Random.integer: limit is ${limit}; expected a whole number from 1 to`);
  });

  it.each([-1, 0.5, 2 ** 32])('refuses permutation(%s)', (n) => {
    expect(() => new Random(1).permutation(n)).toThrow(`Random.permutation: n is ${n}; expected a whole number from 0 to 4294967295`);
  });
});

describe('freshSeed', () => {
  it('gives seeds that Random takes, and another one each time', () => {
    const seeds = many(20, freshSeed); // two equal ones among 2^53: once in 10^13 runs
    expect(new Set(seeds).size).toBe(20);
    for (const seed of seeds) expect(new Random(seed).uniform()).toBeLessThan(1);
  });
});
