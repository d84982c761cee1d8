// The generator against published known answers, and its contract: repeatable, restorable, uniform.
import { describe, expect, it } from 'vitest';
import { createRandom, freshSeed, type RandomState } from '../src/index.js';
import { splitmix64 } from '../src/random/splitmix64.js';

const take = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

describe('known answers', () => {
  it('splitmix64 gives what its reference implementation (Vigna, splitmix64.c) gives for this seed', () => {
    expect(splitmix64(1477776061723855037n, 5)).toEqual([
      1985237415132408290n,
      2979275885539914483n,
      13511426838097143398n,
      8488337342461049707n,
      15141737807933549159n,
    ]);
  });

  it('xoshiro128** gives what its reference implementation (Blackman and Vigna, xoshiro128starstar.c) gives for state 1, 2, 3, 4', () => {
    const random = createRandom(0);
    random.restore([1, 2, 3, 4]);
    const expected = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804];
    expect(take(10, () => random.nextUint32())).toEqual(expected);
  });

  it('a seed becomes a state through splitmix64, low half first', () => {
    // Computed from the two published algorithms with Python integers.
    expect(createRandom(0).state).toEqual([2065550767, 3793791033, 2713282036, 1853398634]);
    expect(createRandom(42).state).toEqual([803958421, 3184996902, 2993090819, 686809907]);
  });

  it('next() is the upper 53 of 64 bits, the first draw being the low half', () => {
    const random = createRandom(0);
    random.restore([1, 2, 3, 4]);
    expect(random.next()).toBe((11520 >> 11) / 2 ** 53);
    expect(random.next()).toBe((70819200 * 2 ** 21 + (5927040 >> 11)) / 2 ** 53);
  });
});

describe('contract', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const numbers = (seed: number): number[] => take(5, ((random) => () => random.next())(createRandom(seed)));
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
    expect(numbers(7)).not.toEqual(numbers(7 + 2 ** 32));
  });

  it('goes on from a state that went through JSON as if it had never stopped', () => {
    const random = createRandom(3);
    take(100, () => random.next());
    const state = JSON.parse(JSON.stringify(random.state)) as RandomState;
    const expected = take(20, () => random.next());
    const other = createRandom(99);
    other.restore(state);
    expect(take(20, () => other.next())).toEqual(expected);
  });

  it('hands out its state as a copy', () => {
    const random = createRandom(3);
    const before = random.state;
    random.next();
    expect(random.state).not.toEqual(before);
  });

  it('spreads evenly over [0, 1): chi-square over 64 bins between its lower and upper 0.1 % points', () => {
    const random = createRandom(2024);
    const draws = 64_000;
    const bins = new Array<number>(64).fill(0);
    for (let i = 0; i < draws; i++) bins[Math.floor(random.next() * 64)]++;
    const chiSquare = bins.reduce((sum, count) => sum + (count - draws / 64) ** 2 / (draws / 64), 0);
    // 63 degrees of freedom; too even would be wrong as well.
    expect(chiSquare).toBeLessThan(103.4);
    expect(chiSquare).toBeGreaterThan(33.8);
  });

  it('freshSeed() gives seeds that createRandom takes, and others each time', () => {
    const seeds = take(20, freshSeed);
    expect(new Set(seeds).size).toBe(20);
    for (const seed of seeds) expect(createRandom(seed).next()).toBeLessThan(1);
  });

  it.each([-1, 0.5, NaN, Infinity, 2 ** 53])('refuses the seed %s', (seed) => {
    expect(() => createRandom(seed)).toThrow(`seed must be an integer from 0 to 9007199254740991, got ${seed}`);
  });

  it.each([[[0, 0, 0, 0]], [[1, 2, 3]], [[1, 2, 3, -1]], [[1, 2, 3, 2 ** 32]], [[1, 2, 3, 0.5]], ['1234'], [null]])('refuses the state %j', (state) => {
    const random = createRandom(1);
    expect(() => random.restore(state as unknown as RandomState)).toThrow('a random state is four integers');
  });
});
